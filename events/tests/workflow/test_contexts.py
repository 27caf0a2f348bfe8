from django.core.exceptions import ValidationError
from django.test import TestCase

from events.models import Context, ContextAddress, ContextListing, Event, SiteStamp
from events.search import finder, query
from events.tests.factories import NOW, make_context, make_event
from events.workflow.contexts import delete, merge, plan_merge, rename


def found(text: str) -> list[int]:
    return list(finder.find(query.parse(text), now=NOW, limit=10).pks)


def contexts_of(event: Event) -> list[str]:
    return [row.tag.name for row in event.taggings.select_related("tag")]


class MergeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.winner = make_context("Islamic State", wikidata="Q2429253")
        cls.loser = make_context("Daesh", aliases=["ISIL"], description="A group.")
        cls.parent = make_context("Jihadism")
        cls.child = make_context("Battle of Mosul", parents=[cls.loser])
        cls.loser.parents.set([cls.parent, cls.winner])
        cls.one = make_event("One", contexts=[cls.loser, "Mosul"])
        cls.both = make_event("Both", contexts=["Raqqa", cls.winner, cls.loser])
        cls.other = make_event("Other", contexts=["Mosul"])

    def test_plan_counts_what_would_happen(self):
        plan = plan_merge([self.loser], into=self.winner)
        self.assertEqual((plan.events, plan.already_there, plan.addresses), (2, 1, 1))
        self.assertEqual((plan.children, plan.parents), (1, 1))
        self.assertEqual(set(plan.names), {"Daesh", "ISIL"})

    def test_events_carry_the_winner_in_the_place_of_the_loser_once(self):
        self.assertEqual(merge([self.loser], into=self.winner, now=NOW).entries.count(), 2)
        self.assertEqual(contexts_of(self.one), ["Islamic State", "Mosul"])
        self.assertEqual(contexts_of(self.both), ["Raqqa", "Islamic State"])

    def test_every_event_that_changed_has_a_revision(self):
        merge([self.loser], into=self.winner, now=NOW)
        self.assertEqual(self.one.revisions.count(), 2)
        self.assertIn("Daesh", self.one.revisions.first().note)
        self.assertEqual(self.other.revisions.count(), 1)

    def test_names_addresses_and_family_move(self):
        merge([self.loser], into=self.winner, now=NOW)
        winner = Context.objects.get(pk=self.winner.pk)
        self.assertCountEqual(winner.aliases, ["Daesh", "ISIL"])
        self.assertEqual(ContextAddress.objects.get(slug="daesh").context, winner)
        self.assertEqual(list(winner.parents.all()), [self.parent])
        self.assertEqual(list(winner.children.all()), [self.child])
        self.assertEqual((winner.wikidata, winner.description), ("Q2429253", "A group."))
        self.assertFalse(Context.objects.filter(pk=self.loser.pk).exists())

    def test_lists_counts_and_search_follow(self):
        before = SiteStamp.objects.get().serial
        merge([self.loser], into=self.winner, now=NOW)
        self.assertEqual(ContextListing.objects.filter(context=self.winner).count(), 2)
        self.assertEqual(Context.objects.get(pk=self.winner.pk).events_count, 2)
        self.assertCountEqual(found("ISIL"), [self.one.pk, self.both.pk])
        self.assertGreater(SiteStamp.objects.get().serial, before)

    def test_merging_into_itself_is_refused(self):
        with self.assertRaises(ValueError):
            merge([self.winner, self.loser], into=self.winner)
        self.assertTrue(Context.objects.filter(pk=self.loser.pk).exists())


class RenameTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.context = make_context("Turkey")
        cls.event = make_event("A vote is held", contexts=[cls.context])

    def test_new_address_and_old_redirect(self):
        rename(self.context, "Türkiye", now=NOW)
        slugs = set(self.context.addresses.values_list("slug", flat=True))
        self.assertEqual(slugs, {"turkey", "turkiye"})
        self.assertEqual(self.context.slug, "turkiye")

    def test_events_are_found_by_the_new_name(self):
        rename(self.context, "Anatolia", now=NOW)
        self.assertEqual(found("Anatolia"), [self.event.pk])
        self.assertEqual(found("Turkey"), [])

    def test_name_of_another_context_is_refused(self):
        make_context("Greece")
        with self.assertRaises(ValidationError):
            rename(self.context, "GREECE", now=NOW)


class DeleteTests(TestCase):
    def test_events_lose_it_by_a_recorded_write(self):
        context = make_context("Mistake")
        event = make_event(contexts=["Homs", context])
        delete(context, now=NOW)
        self.assertEqual(contexts_of(event), ["Homs"])
        self.assertEqual(event.revisions.count(), 2)
        self.assertEqual(found("Mistake"), [])
