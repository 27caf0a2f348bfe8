from datetime import date

from django.test import TestCase

from events.models import Article, Context, ContextAddress, ContextListing, Event, TurningPoint
from events.search import finder, query
from events.tests.factories import NOW, make_article, make_context, make_event, make_story_line
from events.workflow.context_moves import facts_of
from events.workflow.context_split import Choice, split
from events.workflow.context_undo import CannotUndoError, obstacles, undo
from events.workflow.contexts import delete, merge
from events.workflow.edits import editing


def contexts_of(entry: Event | Article) -> list[str]:
    return [row.tag.name for row in entry.taggings.select_related("tag")]


class UndoMergeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.winner = make_context("Islamic State")
        cls.loser = make_context("Daesh", aliases=["ISIL"], description="A group.", kind="story")
        cls.loser.parents.set([make_context("Jihadism"), cls.winner])
        make_context("Battle of Mosul", parents=[cls.loser])
        cls.mosul = make_context("Mosul")
        cls.one = make_event("One", contexts=["Mosul", cls.loser])
        cls.both = make_event("Both", contexts=["Raqqa", cls.winner, cls.loser])
        cls.article = make_article("Article", contexts=[cls.loser])
        cls.line = make_story_line("Line", [cls.loser, "Mosul"])
        TurningPoint.objects.create(context=cls.loser, event=cls.one, note="It turned.")
        cls.facts = facts_of(cls.loser)

    def setUp(self):
        self.move = merge([self.loser], into=self.winner, now=NOW)

    def obstacles(self) -> str:
        return " ".join(obstacles(self.move))

    def test_all_is_as_it_was(self):
        undo(self.move, now=NOW)
        loser = Context.objects.get(name="Daesh")
        self.assertEqual(facts_of(loser), self.facts)
        self.assertEqual(loser.events_count, 2)
        self.assertEqual(contexts_of(self.one), ["Mosul", "Daesh"])
        self.assertEqual(contexts_of(self.both), ["Raqqa", "Islamic State", "Daesh"])
        self.assertEqual(contexts_of(self.article), ["Daesh"])
        winner = Context.objects.get(pk=self.winner.pk)
        self.assertEqual((winner.aliases, winner.description, winner.events_count), ([], "", 1))
        self.assertFalse(winner.parents.exists())
        self.assertEqual(list(winner.children.all()), [loser])
        self.assertFalse(winner.turning_points.exists())
        self.assertEqual(
            list(self.line.contexts.order_by("name")), [loser, Context.objects.get(name="Mosul")]
        )
        self.line.refresh_from_db()
        self.assertEqual(self.line.events_count, 1)

    def test_lists_and_search_follow(self):
        undo(self.move, now=NOW)
        self.assertEqual(ContextListing.objects.filter(context=self.winner).count(), 1)
        self.assertEqual(
            list(finder.find(query.parse("Islamic State"), now=NOW, limit=5).pks), [self.both.pk]
        )
        self.assertEqual(self.one.revisions.count(), 3)
        self.assertIn("Undone", self.one.revisions.first().note)

    def test_other_changes_of_an_entry_stay(self):
        with editing(Event.objects.get(pk=self.one.pk), now=NOW) as event:
            event.headline = "One more"
        undo(self.move, now=NOW)
        self.assertEqual(Event.objects.get(pk=self.one.pk).headline, "One more")

    def test_changed_contexts_of_an_entry_are_told(self):
        with editing(Article.objects.get(pk=self.article.pk), now=NOW) as article:
            article.contexts.put([make_context("Kobani")])
        with self.assertRaises(CannotUndoError):
            undo(self.move, now=NOW)
        self.assertIn("“Article”", self.obstacles())
        self.assertFalse(Context.objects.filter(name="Daesh").exists())

    def test_names_and_addresses_given_away_are_told(self):
        self.winner.names.filter(name="ISIL").delete()
        make_context("ISIL")
        ContextAddress.objects.filter(slug="daesh").update(context=make_context("Other"))
        self.assertIn("“ISIL”", self.obstacles())
        self.assertIn("“daesh”", self.obstacles())

    def test_a_circle_is_told(self):
        Context.objects.get(name="Jihadism").parents.add(Context.objects.get(name="Battle of Mosul"))
        self.assertIn("under itself", self.obstacles())

    def test_twice_and_without_the_one_that_stayed(self):
        later = merge([Context.objects.get(pk=self.winner.pk)], into=make_context("ISIS"), now=NOW)
        self.assertIn("not there any more", self.obstacles())
        undo(later, now=NOW)
        undo(self.move, now=NOW)
        self.move.refresh_from_db()
        self.assertIn("already", self.obstacles())
        self.assertEqual(contexts_of(self.one), ["Mosul", "Daesh"])

    def test_deleted_entries_stand_in_nobodys_way(self):
        self.both.delete()
        undo(self.move, now=NOW)
        self.assertEqual(contexts_of(self.one), ["Mosul", "Daesh"])


class SplitTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.war = make_context("War", kind="story")
        cls.early = make_event("Shells fall", date=date(2012, 1, 2), contexts=["Homs", cls.war])
        cls.late = make_event("Talks begin", date=date(2016, 1, 2), contexts=[cls.war])
        cls.article = make_article("Why shells fell", contexts=[cls.war, "Homs"])

    def test_chosen_by_words_days_and_a_second_context(self):
        def found(**asked) -> set[str]:
            return {entry.headline for rows in Choice(self.war, **asked).entries() for entry in rows}

        self.assertEqual(found(words="SHELLS fall"), {"Shells fall"})
        self.assertEqual(found(first_day=date(2016, 1, 2), last_day=date(2016, 1, 2)), {"Talks begin"})
        self.assertEqual(found(second=Context.objects.get(name="Homs")), {"Shells fall", "Why shells fell"})

    def test_entries_go_to_a_new_one_and_back(self):
        before = self.early.revisions.count()
        stays = {("article", self.article.pk)}
        move = split(Choice(self.war, words="shells"), into="Siege", staying=stays, now=NOW)
        self.assertEqual(contexts_of(self.early), ["Homs", "Siege"])
        self.assertEqual(contexts_of(self.article), ["War", "Homs"])
        siege = Context.objects.get(name="Siege")
        self.assertEqual((siege.kind, siege.events_count), ("story", 1))
        self.assertEqual(self.early.revisions.count(), before + 1)
        undo(move, now=NOW)
        self.assertEqual(contexts_of(self.early), ["Homs", "War"])
        self.assertFalse(Context.objects.filter(name="Siege").exists())

    def test_a_context_that_was_there_stays(self):
        make_context("Siege")
        undo(split(Choice(self.war), into="siege", now=NOW), now=NOW)
        self.assertTrue(Context.objects.filter(name="Siege").exists())
        self.assertEqual(contexts_of(self.article), ["War", "Homs"])

    def test_not_into_itself_and_told_when_the_source_is_gone(self):
        with self.assertRaises(ValueError):
            split(Choice(self.war), into="war", now=NOW)
        move = split(Choice(self.war, words="talks"), into="Peace", now=NOW)
        merge([Context.objects.get(pk=self.war.pk)], into=make_context("Conflict"), now=NOW)
        self.assertIn("not there any more", obstacles(move)[0])

    def test_deleting_a_context_is_recorded_in_articles_too(self):
        before = self.article.revisions.count()
        delete(self.war, now=NOW)
        self.assertEqual(contexts_of(self.article), ["Homs"])
        self.assertEqual(self.article.revisions.count(), before + 1)
