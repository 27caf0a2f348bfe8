from datetime import UTC, date, datetime, timedelta
from unittest import mock

from django.test import TestCase, override_settings

from events import derived
from events.models import Event
from events.search import finder, index
from events.search.finder import find, newest
from events.search.query import narrowed, parse
from events.tests.search.entries import NOW, publish
from events.tests.search.test_query import HOSTILE


def found(text: str, *, now: datetime = NOW, **filters) -> list[str]:
    """Headlines of the hits, best first."""
    result = find(narrowed(parse(text), **filters), now=now, limit=50)
    return [event.headline for event in Event.objects.in_order_of(result.pks)]


class FindTests(TestCase):
    def test_all_parts_of_an_event_are_searched(self):
        publish(
            "Headline alpha",
            short_headline="Short beta",
            summary="Summary [gamma](https://delta.test/epsilon)",
            body="Body zeta",
            contexts=["Context eta"],
            sources=["Label theta paper.test"],
        )
        for word in ("alpha", "beta", "gamma", "zeta", "eta", "theta"):
            with self.subTest(word):
                self.assertEqual(found(word), ["Headline alpha"])
        self.assertEqual(found("epsilon"), [])

    def test_aliases_of_contexts_find_their_events(self):
        event = publish("Raqqa falls", contexts=["Islamic State"])
        event.contexts.get().names.create(name="Daesh")
        derived.refresh([event.pk], now=NOW)
        self.assertEqual(found("daesh"), ["Raqqa falls"])

    def test_better_places_come_first(self):
        publish("In its body", body="A word: ceasefire.", summary="Nothing to be said.")
        publish("In its summary", summary="A word: ceasefire.")
        publish("In its context", contexts=["Ceasefire"], summary="Nothing to be said.")
        publish("Ceasefire", summary="Nothing to be said.")
        self.assertEqual(found("ceasefire"), ["Ceasefire", "In its context", "In its summary", "In its body"])

    def test_newer_comes_first_among_equals(self):
        publish("Older ceasefire", date=date(2012, 1, 1))
        publish("Newer ceasefire", date=date(2024, 1, 1))
        self.assertEqual(found("ceasefire"), ["Newer ceasefire", "Older ceasefire"])

    def test_spellings_that_readers_take_for_the_same(self):
        publish("Shi’ite leaders meet in Łódź")
        for text in ("Shi'ite", "shiite", "Shi’ite", "SHI‘ITE", "Lodz", "łódź", "leader"):
            with self.subTest(repr(text)):
                self.assertEqual(len(found(text)), 1)

    def test_chinese_words_are_found_inside_a_sentence(self):
        publish("叙利亚内战双方停火", language="zh-Hans")
        self.assertEqual(len(found("内战")), 1)
        self.assertEqual(found("战内"), [])
        self.assertEqual(len(found("lang:zh")), 1)
        self.assertEqual(len(found("lang:zh-hans")), 1)
        self.assertEqual(found("lang:en"), [])

    def test_words_with_combining_marks_stay_whole(self):
        publish("हिन्दी समाचार")
        self.assertEqual(len(found("हिन्दी")), 1)
        self.assertEqual(found("हन"), [])

    def test_phrases_exclusions_and_alternatives(self):
        publish("Civil war in Syria")
        publish("War of words, civil in tone")
        self.assertEqual(found('"civil war"'), ["Civil war in Syria"])
        self.assertEqual(found("war -syria"), ["War of words, civil in tone"])
        self.assertEqual(found("-syria"), ["War of words, civil in tone"])
        self.assertCountEqual(found("syria OR words"), ["Civil war in Syria", "War of words, civil in tone"])
        self.assertEqual(found("tone (syria OR words)"), ["War of words, civil in tone"])

    def test_a_phrase_does_not_reach_over_two_names(self):
        publish(
            "Talks", contexts=["Northern Ireland", "Sea trade"], sources=["Irish Times a.test", "Post b.test"]
        )
        self.assertEqual(found('"ireland sea"'), [])
        self.assertEqual(found('"times post"'), [])
        self.assertEqual(found('"irish times"'), ["Talks"])

    def test_filters_narrow(self):
        publish(
            "First strike",
            date=date(2016, 2, 1),
            contexts=["Homs", "Syria"],
            sources=["BBC bbc.co.uk"],
            category="Law and crime",
        )
        publish("Second strike", date=date(2016, 3, 1), contexts=["Syria"], sources=["CNN cnn.com"])
        self.assertEqual(found("strike to:2016-02"), ["First strike"])
        self.assertEqual(found("from:2016-02-02"), ["Second strike"])
        self.assertEqual(found("from:2016-02-01 to:2016-02-01"), ["First strike"])
        self.assertEqual(found("context:homs context:syria"), ["First strike"])
        self.assertEqual(found("strike context:Syria"), ["First strike", "Second strike"][::-1])
        self.assertEqual(found("source:www.bbc.co.uk"), ["First strike"])
        self.assertEqual(found('category:"law AND crime"'), ["First strike"])
        self.assertEqual(found("", contexts=("homs",), sources=("cnn.com",)), [])

    def test_unknown_context_or_source_is_a_problem(self):
        publish("Strike", contexts=["Homs"])
        for text in ("strike context:nowhere", "strike source:nobody.test"):
            result = find(parse(text), now=NOW, limit=5)
            self.assertEqual((result.pks, result.count), ((), 0))
            self.assertEqual(len(result.query.problems), 1)

    def test_contexts_are_known_by_former_slug_and_alias(self):
        event = publish("Strike", contexts=["Homs"])
        context = event.contexts.get()
        context.slug = "city-of-homs"
        context.save()
        context.names.create(name="Emesa")
        for name in ("homs", "city-of-homs", "emesa"):
            self.assertEqual(
                find(parse(f"context:{name}"), now=NOW, limit=5).query.contexts, ("city-of-homs",)
            )

    def test_empty_question_finds_nothing(self):
        publish("Strike")
        self.assertEqual(find(parse(" "), now=NOW, limit=5).count, 0)

    def test_no_question_fails_in_the_database(self):
        publish("Strike 叙利亚 a x")
        for text in HOSTILE:
            with self.subTest(repr(text[:20])):
                find(parse(text), now=NOW, limit=5)

    def test_reading_stops_at_the_window(self):
        for number in range(4):
            publish(f"Strike {number}", date=date(2016, 1, 1 + number))
        with mock.patch.object(finder, "WINDOW", 3):
            result = find(parse("strike"), now=NOW, limit=2)
        self.assertEqual((result.count, result.is_count_exact, len(result.pks)), (3, False, 2))
        self.assertEqual(min(match.date for match in result.matches), date(2016, 1, 2))

    def test_pages_follow_one_another(self):
        for number in range(5):
            publish(f"Strike {number}")
        pages = [find(parse("strike"), now=NOW, limit=2, offset=offset).pks for offset in (0, 2, 4)]
        self.assertEqual(len({pk for page in pages for pk in page}), 5)

    def test_queries_do_not_grow(self):
        publish("Strike", contexts=["Homs"], sources=["BBC bbc.com"])
        with self.assertNumQueries(4):
            find(parse("strike context:homs source:bbc.com"), now=NOW, limit=5)


class PublicTests(TestCase):
    def test_what_is_not_public_is_not_found(self):
        publish("Draft strike", state="draft")
        publish("Reviewed strike", state="in_review")
        publish("Retracted strike", state="retracted", retraction_notice="Wrong.")
        publish("Scheduled strike", publish_at=NOW + timedelta(hours=1))
        publish("Embargoed strike", embargo_until=NOW + timedelta(hours=2))
        self.assertEqual(found("strike"), [])
        self.assertEqual(found("-nothing"), [])

    def test_time_alone_brings_a_scheduled_entry(self):
        publish("Scheduled strike", publish_at=NOW + timedelta(hours=1))
        self.assertEqual(found("strike", now=NOW + timedelta(hours=1)), ["Scheduled strike"])

    def test_contexts_of_drafts_alone_are_unknown(self):
        publish("Draft strike", state="draft", contexts=["Secret plan"], sources=["Leak leak.test"])
        for text in ("context:secret-plan", "source:leak.test"):
            self.assertTrue(find(parse(text), now=NOW, limit=5).query.problems)


class IndexTests(TestCase):
    def test_an_edit_moves_the_entry(self):
        event = publish("Strike in Homs")
        Event.objects.filter(pk=event.pk).update(headline="Ceasefire in Aleppo", date=date(2011, 1, 1))
        index.refresh([event.pk])
        self.assertEqual(found("homs"), [])
        self.assertEqual(found("aleppo to:2011"), ["Ceasefire in Aleppo"])
        self.assertEqual(found("aleppo from:2012"), [])

    def test_withdrawn_and_deleted_events_leave(self):
        withdrawn, deleted = publish("Strike one"), publish("Strike two")
        Event.objects.filter(pk=withdrawn.pk).update(state="draft")
        index.refresh([withdrawn.pk])
        self.assertEqual(found("strike"), ["Strike two"])
        pk = deleted.pk
        deleted.delete()
        index.refresh([pk])
        self.assertEqual(find(parse("strike"), now=NOW, limit=5).count, 0)

    def test_remove_and_clear(self):
        first, _second = publish("Strike one"), publish("Strike two")
        index.remove([first.pk])
        self.assertEqual(found("strike"), ["Strike two"])
        index.clear()
        self.assertEqual(found("strike"), [])
        index.refresh([first.pk])
        self.assertEqual(found("strike"), ["Strike one"])

    def test_a_batch_takes_few_queries(self):
        pks = [
            publish(f"Strike {number}", contexts=["Homs"], sources=["BBC bbc.com"]).pk for number in range(20)
        ]
        with self.assertNumQueries(3) as queries, mock.patch.object(index.backends, "current"):
            index.refresh(pks)
        self.assertEqual(len(queries), 3)

    @override_settings(LANGUAGE_CODE="de")
    def test_entries_without_language_have_the_sites(self):
        publish("Streik")
        self.assertEqual(len(found("lang:de")), 1)

    def test_endless_texts_are_no_error(self):
        publish("Long", summary="strike", body=" ".join(f"wörter{number}" for number in range(150_000)))
        self.assertEqual(len(found("strike wörter7")), 1)

    def test_endless_words_are_no_error(self):
        publish("x" * 5_000 + " strike")
        self.assertEqual(len(found("strike")), 1)


class NewestTests(TestCase):
    def test_latest_publication_first_whatever_the_day(self):
        old = publish(
            "Strike of long ago", date=date(1999, 1, 1), publish_at=datetime(2024, 5, 9, tzinfo=UTC)
        )
        new = publish("Strike of today", publish_at=datetime(2024, 5, 8, tzinfo=UTC))
        self.assertEqual(newest(parse("strike"), now=NOW, limit=5).pks, (old.pk, new.pk))

    def test_goes_on_after_a_place(self):
        events = [publish(f"Strike {number}") for number in range(3)]
        first = events[0]
        rest = newest(parse("strike"), now=NOW, limit=5, before=(first.publish_at, first.pk))
        self.assertEqual(rest.pks, (events[1].pk, events[2].pk))
