"""Dayline's ranker over real tables: who is suggested, in which order, and that every reason is true."""

import random
from datetime import date, timedelta
from unittest import mock

from django.test import TestCase, override_settings

from events.documents.builders import build_ref, build_related
from events.documents.types import ContextRef
from events.models import Context, Event
from events.related import Suggestion, related_to, related_to_many
from events.related.own import own_of
from events.related.ranking import LEAST_ALONE
from events.related.terms import word_term
from events.tests.factories import DAY, NOW, make_context, make_event, retract
from events.text.folding import search_tokens
from events.text.markdown import plain_text
from events.workflow.edits import editing

LIBYA = "Clashes in Libya"


class RankingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        war = make_context("Syrian Civil War")
        make_context("Syrian peace process", parents=[war])
        cls.homs = make_event(
            "Bombings in Homs kill dozens", contexts=["Homs", war], category="Armed conflicts and attacks"
        )
        cls.truce = make_event(
            "A tentative ceasefire is presented",
            summary="Explosions rip through Homs while leaders talk.",
            contexts=["Syrian peace process", "Kerry"],
            category="International relations",
        )
        cls.next_day = make_event(
            "Homs counts its dead", contexts=["Homs"], date=DAY + timedelta(days=1), category="Law and crime"
        )
        cls.old = make_event("A market in Homs reopens", contexts=["Homs"], date=DAY - timedelta(days=900))
        for number in range(20):
            make_event(
                f"{LIBYA}, day {number}",
                contexts=["Libya"],
                date=DAY + timedelta(days=number),
                summary="Tripoli",
            )

    def headlines(self, event: Event, **options) -> list[str]:
        found = related_to(event, limit=10, now=NOW, **options)
        headlines = dict(Event.objects.values_list("pk", "headline"))
        return [headlines[each.pk] for each in found]

    def test_who_is_suggested_and_under_what(self):
        headlines = self.headlines(self.homs)
        self.assertEqual(set(headlines), {each.headline for each in (self.truce, self.next_day, self.old)})
        (truce,) = [each for each in related_to(self.homs, limit=10, now=NOW) if each.pk == self.truce.pk]
        self.assertEqual((truce.shared, truce.under), ((), ("Syrian Civil War",)))
        self.assertIn(word_term("hom"), truce.words)
        (homs,) = [each for each in related_to(self.truce, limit=10, now=NOW) if each.pk == self.homs.pk]
        self.assertEqual(homs.under, ("Syrian Civil War",))

    def test_what_follows_from_a_shared_context_is_no_reason(self):
        """Whoever carries a context lies under its parents; the day needs no place for it either."""
        talks = make_event("Envoys meet in Geneva", contexts=["Syrian peace process", "Homs"])
        make_event("Envoys part in Geneva", contexts=["Syrian peace process"])
        (parted,) = [
            found
            for found in related_to(talks, limit=10, now=NOW)
            if Event.objects.get(pk=found.pk).headline == "Envoys part in Geneva"
        ]
        self.assertEqual(parted.under, ())
        homs = next(found for found in related_to(talks, limit=10, now=NOW) if found.pk == self.homs.pk)
        self.assertEqual((len(homs.shared), homs.under), (1, ("Syrian Civil War",)))

    def test_the_rarest_context_is_told_first(self):
        event = make_event("Bombings in Homs go on", contexts=["Homs", "Syrian Civil War", "Truces"])
        make_event("Bombings in Homs end", contexts=["Homs", "Syrian Civil War", "Truces"])
        found = related_to(event, limit=1, now=NOW)[0]
        names = dict(Context.objects.values_list("pk", "name"))
        self.assertEqual([names[pk] for pk in found.shared], ["Truces", "Syrian Civil War", "Homs"])
        refs = {pk: ContextRef(name, name, "topic") for pk, name in names.items()}
        document = build_related(found, build_ref(event), event, refs, None)
        self.assertIn("shares Truces, Syrian Civil War, Homs", document.why)
        self.assertEqual([ref.name for ref in document.shared], ["Homs", "Syrian Civil War", "Truces"])

    def test_a_common_word_is_named_by_no_reason(self):
        asked = make_event("The Minister of Fisheries visits Ghent")
        make_event("The Minister of Fisheries leaves Ghent")
        for number in range(12):
            make_event(f"Rain in the north, says a Minister, day {number}")
        (found,) = related_to(asked, limit=1, now=NOW)
        self.assertIn(word_term("ghent"), found.words)
        self.assertNotIn(word_term("minist"), found.words)

    def test_nothing_is_padded_with_what_shares_nothing(self):
        alone = make_event("A whale is seen", contexts=["Whales"])
        self.assertEqual(self.headlines(alone), [])

    def test_an_event_without_contexts_has_related_ones(self):
        bare = make_event("More bombs fall on Homs")
        self.assertIn("Bombings in Homs kill dozens", self.headlines(bare))

    def test_what_is_not_public_is_never_suggested(self):
        soon = NOW + timedelta(hours=1)
        make_event("Homs is bombed", contexts=["Homs"], state="draft")
        make_event("Homs buries its children", contexts=["Homs"], publish_at=soon)
        make_event("Aid reaches Homs by road", contexts=["Homs"], embargo_until=soon)
        retract(make_event("Bombings in Homs kill dozens, wrongly", contexts=["Homs"]))
        self.assertEqual(len(self.headlines(self.homs)), 3)
        later = related_to(self.homs, limit=10, now=soon)
        self.assertEqual(len(later), 5)

    def test_a_few_common_words_tie_nothing_unless_they_name_a_rare_context(self):
        asked = make_event("A market in Ghent burns down at night", contexts=["Ghent"], category="Disasters")
        long_ago = {"date": DAY - timedelta(days=2000), "category": "Business"}
        make_event("Farmers of the north open a market for horses, cattle, pigs and sheep", **long_ago)
        named = "A tram line between Ghent and the villages on the coast opens to the public"
        make_event(named, **long_ago)
        self.assertEqual(self.headlines(asked), [named])
        (found,) = related_to(asked, limit=10, now=NOW)
        self.assertLess(found.score, LEAST_ALONE)
        with mock.patch("events.related.dayline.LEAST_ALONE", 0):
            self.assertEqual(len(self.headlines(asked)), 3)

    def test_one_context_alone_ties_nothing_of_another_category(self):
        told = {"Football is played": "Sports", "Somebody sings": ""}
        told |= {f"Rain number {number}": "Disasters and accidents" for number in range(10)}
        for headline, category in told.items():
            make_event(f"{headline} in Mongolia", contexts=["Mongolia"], category=category)
        asked = make_event("Mongolia wins medals", contexts=["Mongolia"], category="Sports")
        self.assertCountEqual(
            self.headlines(asked), ["Football is played in Mongolia", "Somebody sings in Mongolia"]
        )

    def test_a_new_event_is_suggested_at_once_and_leaves_at_once(self):
        event = make_event("Bombings in Homs go on", contexts=["Homs"])
        self.assertIn(event.headline, self.headlines(self.homs))
        with editing(event, now=NOW):
            event.headline = "Nothing of it"
            event.contexts.put([])
        self.assertNotIn(event.headline, self.headlines(self.homs))

    def test_a_draft_sees_what_it_would_have(self):
        draft = make_event("Bombings in Homs kill dozens", contexts=["Homs"], state="draft")
        with self.assertNumQueries(6):
            found = related_to(draft, limit=10, now=NOW)
        self.assertIn(self.homs.pk, [each.pk for each in found])

    def test_queries_of_one_and_of_many(self):
        events = list(Event.objects.for_list())
        # What the event brings, with its steering; candidates; the counts of those terms that only they have.
        with self.assertNumQueries(3):
            related_to(self.homs, limit=10, now=NOW)
        # Whoever all candidates are among has all terms.
        with self.assertNumQueries(2):
            found = related_to_many(events, limit=3, now=NOW)
        self.assertEqual(set(found), {event.pk for event in events})

    def test_a_crowd_of_one_list_reaches_for_fewer_terms(self):
        """Far more events than a list has: one statement takes 400 of them."""
        event = self.homs
        crowd = [Event(pk=event.pk + 10_000 * number) for number in range(1_000)]
        for each in crowd:
            each.date, each.edited_at, each.headline = DAY, NOW, "Bombings in Homs kill dozens"
        for number, queries in ((300, 5), (1_000, 7)):
            with self.assertNumQueries(queries):
                found = related_to_many([event, *crowd[1:number]], limit=3, now=NOW)
            self.assertEqual(len(found), number)
            self.assertTrue(all(found.values()))

    @override_settings(EVENTS_RELATED_RANKER="shared_newest")
    def test_the_setting_chooses_the_ranker(self):
        self.assertEqual(self.headlines(self.homs), ["Homs counts its dead", "A market in Homs reopens"])


class TruthTests(TestCase):
    """Of random events, every reason given is true by the rows themselves."""

    def test_every_reason_is_true(self):
        draw = random.Random(5)  # noqa: S311 (the same draws at every run)
        root = make_context("War in Syria")
        names = ["Homs", "Damascus", "Aleppo front", "Ceasefire", "Envoys"]
        for name in names:
            make_context(name, parents=[root] if draw.random() < 0.5 else [])
        words = [*names, "Explosions", "leaders", "convoy", "aid", "talks", "World", "北京会议", "上海"]
        events = [
            make_event(
                " ".join(draw.sample(words, 4)),
                summary="**Late** " + " ".join(draw.sample(words, 3)) if draw.random() < 0.5 else "",
                contexts=draw.sample(names, 2),
                date=DAY + timedelta(days=draw.randrange(12)),
            )
            for _number in range(40)
        ]
        told = 0
        for event in events:
            for found in related_to(event, limit=10, now=NOW):
                told += self.check(event, Event.objects.get(pk=found.pk), found)
        self.assertGreater(told, 300)

    def check(self, event: Event, other: Event, found: Suggestion) -> int:
        own = {row.tag for row in event.taggings.select_related("tag")}
        theirs = {row.tag for row in other.taggings.select_related("tag")}
        self.assertEqual(set(found.shared), {context.pk for context in own & theirs})
        above = {parent for context in own & theirs for parent in context.parents.all()}
        for name in found.under:
            self.assertNotIn(name, [context.name for context in above])
            parent = Context.objects.get(name=name)
            for contexts in (own, theirs):
                self.assertTrue(
                    parent in contexts or any(parent in context.parents.all() for context in contexts), name
                )
        refs = {context.pk: ContextRef(context.name, context.slug, context.kind) for context in own}
        document = build_related(found, build_ref(other), event, refs, other)
        text = f"{other.headline}\n{plain_text(other.summary)}"
        ours = " ".join([event.headline, plain_text(event.summary), *(context.name for context in own)])
        for name in document.names:
            self.assertIn(name, text)
            self.assertLessEqual(set(search_tokens(name)), set(search_tokens(ours)), (name, ours))
            self.assertIn(name, document.why)
        days = (other.date - event.date).days
        self.assertEqual("the same day" in document.why, days == 0)
        self.assertEqual("the day after" in document.why, days == 1)
        self.assertEqual(document.when, "same-day" if days == 0 else "later" if days > 0 else "earlier")
        self.assertTrue(document.why)
        self.assertGreater(found.score, 0)
        return 1


class PrecisionTests(TestCase):
    def test_nothing_is_said_of_days_that_are_not_known(self):
        """An event of a month or a year is kept on its first day."""
        first, later = date(2024, 3, 1), date(2024, 3, 5)
        days = {
            "first": first,
            "later": later,
            "month": first,
            "year": date(2024, 1, 1),
            "june": date(2024, 6, 1),
        }
        rows = {
            name: make_event(
                f"Homs, {name}",
                contexts=["Homs"],
                date=day,
                date_precision={"month": "month", "june": "month", "year": "year"}.get(name, "day"),
            )
            for name, day in days.items()
        }
        cases = {
            ("later", "first"): ("earlier", "4 days earlier; "),
            ("first", "month"): ("same-month", ""),
            ("month", "later"): ("same-month", ""),
            ("month", "june"): ("later", ""),
            ("month", "year"): ("same-year", ""),
            ("june", "first"): ("earlier", ""),
        }
        for (event, other), told in cases.items():
            with self.subTest(event=event, other=other):
                found = Suggestion(rows[other].pk, rows[other].date, ())
                document = build_related(found, build_ref(rows[other]), rows[event], {}, rows[other])
                self.assertEqual((document.when, document.why), (told[0], f"{told[1]}told in like words"))


class OwnTests(TestCase):
    def test_an_unpublished_entry_brings_the_terms_of_its_rows(self):
        fields = {"contexts": ["Homs"], "sources": [("A", "https://a.example/")], "summary": "Of *aid*"}
        published = own_of([make_event("Bombs", **fields)], now=NOW)
        draft = own_of([make_event("Bombs", state="draft", **fields)], now=NOW)
        (one,), (other,) = published.vectors.values(), draft.vectors.values()
        self.assertEqual((one.terms, one.weights), (other.terms, other.weights))
        self.assertEqual(draft.unpublished, {other.event_id})
        self.assertEqual(published.unpublished, set())
