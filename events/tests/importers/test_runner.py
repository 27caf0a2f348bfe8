from datetime import date
from unittest.mock import patch

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from events.importers import runner
from events.importers.records import (
    ArticleRecord,
    ContextRecord,
    CoverRecord,
    EventRecord,
    InvalidRecord,
    NoteRecord,
    ProfileRecord,
)
from events.models import Citation, Context, ContextAddress, Event, Image, ImportRun, Publisher, SiteStamp
from events.tests.dumps import dump
from events.tests.factories import NOW
from events.tests.importers.files import BRIDGE, import_lines
from events.workflow.edits import editing

TUNNEL = {"id": "tunnel", "date": "2016-02-22", "headline": "A tunnel opens."}


def counts(result) -> dict[str, int]:
    return {outcome: count for outcome, count in result.counts.items() if count}


class NewEntriesTests(TestCase):
    def test_everything_of_a_record_is_written(self) -> None:
        self.assertEqual(counts(import_lines(BRIDGE)), {"new": 1})
        event = Event.objects.public(now=NOW).get(import_ref="bridge")
        self.assertEqual([row.tag.name for row in event.taggings.all()], ["Bridges", "Öresund"])
        citation = event.citations.get()
        self.assertEqual((citation.agency, citation.carrier), ("AFP", "Yahoo! News"))
        self.assertEqual(event.addresses.get().path, "news/2016/02/21/a-bridge-opens")
        self.assertEqual(event.revisions.get().note, "Imported from f.jsonl")

    def test_drafts_stay_out_of_sight_and_what_is_public_stays(self) -> None:
        import_lines(BRIDGE)
        changed = BRIDGE | {"summary": "It is very long."}
        self.assertEqual(counts(import_lines(changed, TUNNEL, as_draft=True)), {"new": 1, "updated": 1})
        states = dict(Event.objects.values_list("import_ref", "state"))
        self.assertEqual(states, {"bridge": "published", "tunnel": "draft"})

    def test_names_that_fold_alike_are_one_context(self) -> None:
        import_lines(BRIDGE, TUNNEL | {"contexts": ["BRIDGES", "Oresund"]})
        self.assertEqual(Context.objects.count(), 2)

    def test_story_lines_nest(self) -> None:
        topics = [{"title": "War", "level": 0}, {"title": "Front", "level": 1}]
        import_lines(BRIDGE | {"topics": topics})
        front = Context.objects.get(name="Front")
        self.assertEqual((front.kind, front.parents.get().name), ("story", "War"))
        self.assertEqual(Event.objects.get().taggings.count(), 4)

    def test_slugs_of_one_headline_are_numbered_around_those_that_are_taken(self) -> None:
        import_lines(TUNNEL, TUNNEL | {"id": "b", "slug": "a-tunnel-opens-3"})
        more = [TUNNEL | {"id": f"t{number}"} for number in range(3)]
        import_lines(*more, TUNNEL | {"id": "c", "slug": "a-tunnel-opens-4"}, TUNNEL | {"id": "d"})
        self.assertEqual(
            dict(Event.objects.values_list("import_ref", "slug")),
            {
                "tunnel": "a-tunnel-opens",
                "b": "a-tunnel-opens-3",
                "t0": "a-tunnel-opens-2",
                "t1": "a-tunnel-opens-4",
                "t2": "a-tunnel-opens-5",
                "c": "a-tunnel-opens-4-2",
                "d": "a-tunnel-opens-6",
            },
        )

    def test_hundreds_of_one_headline_are_numbered_by_few_statements(self) -> None:
        with CaptureQueriesContext(connection) as found:
            import_lines(*(TUNNEL | {"id": f"t{number}"} for number in range(200)))
        self.assertEqual(
            set(Event.objects.values_list("slug", flat=True)),
            {"a-tunnel-opens", *(f"a-tunnel-opens-{number}" for number in range(2, 201))},
        )
        self.assertLess(len(found), 200)

    def test_unknown_category_is_kept(self) -> None:
        import_lines(BRIDGE | {"category": "Weather"})
        self.assertEqual(Event.objects.get().category, "Weather")


class WrongRecordsTests(TestCase):
    def test_wrong_lines_are_reported_and_the_rest_goes_on(self) -> None:
        result = import_lines("{", BRIDGE, BRIDGE | {"id": "b", "date": "2016-02-30"}, TUNNEL)
        self.assertEqual(counts(result), {"new": 2, "invalid": 2})
        self.assertEqual([row.where for row in result.rows], ["f.jsonl:1", "f.jsonl:3"])
        self.assertFalse(result.is_clean)

    def test_rules_of_the_form_hold(self) -> None:
        result = import_lines(BRIDGE | {"type": "event", "time_zone": "Mars/Olympus"}, TUNNEL)
        self.assertEqual(counts(result), {"new": 1, "invalid": 1})

    def test_what_the_database_refuses_costs_only_itself(self) -> None:
        own = {"type": "event", "public_id": "same"}
        result = import_lines(BRIDGE | own, TUNNEL | own, TUNNEL | {"id": "third"})
        self.assertEqual(counts(result), {"new": 2, "invalid": 1})
        self.assertEqual(result.rows[0].where, "f.jsonl:2")
        self.assertEqual(set(Event.objects.values_list("import_ref", flat=True)), {"bridge", "third"})

    def test_what_no_column_holds_is_refused_whatever_the_database(self) -> None:
        event, article = BRIDGE | {"type": "event"}, BRIDGE | {"type": "article", "citations": []}
        for line, told in (
            (event | {"public_id": "x" * 33}, "public_id"),
            (event | {"public_id": "../x"}, "../x"),
            (event | {"public_id": "a/b"}, "a/b"),
            (event | {"public_id": "%00"}, "%00"),
            (event | {"guid": "x" * 256}, "guid"),
            (event | {"contexts": ["x" * 256]}, "255"),
            (event | {"old_addresses": ["x" * 701]}, "old_addresses"),
            (event | {"citations": [{"label": "A", "agency": "x" * 101}]}, "agency"),
            (article | {"public_id": "a/b"}, "a/b"),
            (article | {"section": "x" * 81}, "section"),
            (article | {"contexts": ["x" * 256]}, "255"),
            (article | {"old_addresses": ["x" * 701]}, "old_addresses"),
            (article | {"bylines": [{"name": "Ada", "slug": "a/b c"}]}, "hyphens"),
            (article | {"bylines": [{"name": "Ada", "role": "x" * 81}]}, "role"),
            (article | {"bylines": [{"name": "x" * 256}]}, "name"),
            ({"type": "context", "name": "x" * 256}, "name"),
            ({"type": "context", "name": "A", "wikidata": "Q" * 21}, "wikidata"),
            ({"type": "context", "name": "A", "aliases": ["x" * 256]}, "255"),
            ({"type": "context", "name": "A", "old_slugs": ["x" * 121]}, "old_slugs"),
            ({"type": "publisher", "host": "x" * 254, "name": "A"}, "host"),
            ({"type": "publisher", "host": "a.org", "name": "x" * 201}, "name"),
            ({"type": "story", "title": "x" * 256, "contexts": ["A"]}, "title"),
            ({"type": "profile", "name": "x" * 256}, "name"),
            ({"type": "profile", "name": "A", "old_slugs": ["x" * 121]}, "old_slugs"),
        ):
            result = import_lines(line, TUNNEL, dry_run=True)
            self.assertEqual(counts(result), {"new": 1, "invalid": 1}, line)
            self.assertIn(told, result.rows[0].message)
        self.assertEqual(counts(import_lines(event | {"public_id": "a7r8t9cl"})), {"new": 1})

    def test_changed_record_that_fits_no_more_leaves_its_entry(self) -> None:
        import_lines(BRIDGE)
        for changes in ({"contexts": ["x" * 256]}, {"old_addresses": ["x" * 701]}):
            result = import_lines(BRIDGE | {"type": "event"} | changes)
            self.assertEqual(counts(result), {"invalid": 1})
        self.assertEqual(Event.objects.get().version, 1)

    def test_nothing_comes_in_that_is_no_word_or_no_address_of_ours(self) -> None:
        """Whatever an importer lets through is refused where all of them write."""
        day = date(2016, 2, 21)
        note = NoteRecord("dog", "x", NOW)
        script = CoverRecord(source_url="javascript:alert(1)")
        result = runner.run_records(
            [
                EventRecord("a", day, "A", date_precision="eon"),
                EventRecord("b", day, "B", cover=script),
                ContextRecord("C", kind="dog"),
                ProfileRecord("D", kind="dog"),
                ProfileRecord("E", url="javascript:alert(1)"),
                ArticleRecord("f", day, "F", kind="dog"),
                ArticleRecord("g", day, "G", notes=[note]),
                ArticleRecord("h", day, "H", cover=script),
            ],
            now=NOW,
        )
        self.assertEqual(counts(result), {"invalid": 8})

    def test_first_and_last_day_of_all_come_in_whatever_the_zone(self) -> None:
        for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
            with override_settings(TIME_ZONE=zone):
                lines = [BRIDGE | {"id": day, "date": day} for day in ("0001-01-01", "9999-12-31")]
                self.assertEqual(counts(import_lines(*lines, dry_run=True)), {"new": 2})

    def test_repeated_reference_is_reported_however_far_away(self) -> None:
        with patch.object(runner, "BATCH", 1):
            result = import_lines(BRIDGE, TUNNEL, BRIDGE | {"headline": "Another bridge opens."})
        self.assertEqual(counts(result), {"new": 2, "skipped": 1})
        self.assertEqual(result.rows[0].where, "f.jsonl:3")
        self.assertEqual(Event.objects.get(import_ref="bridge").headline, "A bridge opens.")

    def test_rows_that_need_reading_are_kept_with_the_run(self) -> None:
        run = ImportRun.objects.create(file_name="f.jsonl", format="jsonl")
        import_lines("{", BRIDGE, run=run)
        self.assertEqual((run.counts["new"], run.counts["invalid"]), (1, 1))
        self.assertEqual(run.rows.get().where, "f.jsonl:1")

    def test_rows_are_kept_whatever_they_quote(self) -> None:
        run = ImportRun.objects.create(file_name="f", format="feed")
        records = [InvalidRecord("f:1", "“\x00\ud800” is no day."), EventRecord("x" * 800, NOW.date(), "A")]
        runner.run_records(records, run=run, now=NOW)
        self.assertEqual(run.rows.count(), 2)


class KnownEntriesTests(TestCase):
    def setUp(self) -> None:
        import_lines(BRIDGE)
        self.event = Event.objects.get()

    def test_changed_record_updates_and_a_revision_tells(self) -> None:
        changed = BRIDGE | {
            "headline": "A long bridge opens.",
            "contexts": ["Öresund"],
            "citations": [{"label": "Reuters", "url": "https://www.reuters.com/bridge"}],
        }
        self.assertEqual(counts(import_lines(changed)), {"updated": 1})
        event = Event.objects.get()
        self.assertEqual(event.headline, "A long bridge opens.")
        self.assertEqual([row.tag.name for row in event.taggings.all()], ["Öresund"])
        self.assertEqual([row.label for row in event.citations.all()], ["Reuters"])
        self.assertEqual(event.revisions.count(), 2)
        self.assertEqual(event.edited_at, NOW)
        self.assertEqual(event.first_published_at, self.event.first_published_at)
        self.assertEqual(counts(import_lines(changed)), {"unchanged": 1})

    def test_entry_changed_by_an_editor_is_skipped_and_loses_nothing(self) -> None:
        with editing(self.event, now=NOW) as event:
            event.summary = "An editor's words."
        before = dump()
        result = import_lines(BRIDGE | {"summary": "Other words."})
        self.assertEqual(counts(result), {"skipped": 1})
        self.assertIn("Changed here", result.rows[0].message)
        self.assertEqual(dump(), before)

    def test_moving_to_a_taken_address_takes_a_free_one(self) -> None:
        import_lines(TUNNEL | {"headline": BRIDGE["headline"]})
        import_lines(TUNNEL | {"headline": BRIDGE["headline"], "date": BRIDGE["date"]})
        moved = Event.objects.get(import_ref="tunnel")
        self.assertEqual(moved.get_absolute_url(), "/news/2016/02/21/a-bridge-opens-2/")
        self.assertEqual(moved.addresses.count(), 2)

    def test_cover_changes_but_keeps_what_the_record_leaves_open(self) -> None:
        cover = {"source_url": "https://example.org/a.jpg", "alt": "A bridge"}
        import_lines(BRIDGE | {"cover_image": cover})
        Image.objects.update(credit="An editor")
        import_lines(BRIDGE | {"cover_image": cover | {"alt": "A long bridge"}})
        image = Event.objects.get().cover
        self.assertEqual((image.alt, image.credit), ("A long bridge", "An editor"))
        import_lines(BRIDGE | {"cover_image": "https://example.org/b.jpg"})
        self.assertEqual(Event.objects.get().cover.source_url, "https://example.org/b.jpg")


class MentionsTests(TestCase):
    related = {"date": "2016-02-22", "headline": "A tunnel opens.", "url": "/news/2016/02/22/tunnel.md"}
    mentioning = BRIDGE | {"related": [related | {"shared": ["Öresund"]}]}
    own = {
        "id": "news/2016/02/22/tunnel",
        "date": "2016-02-22",
        "headline": "A tunnel opens.",
        "summary": "New.",
    }

    def check(self) -> None:
        event = Event.objects.get(import_ref=self.own["id"])
        self.assertEqual((event.is_incomplete, event.summary), (False, "New."))
        self.assertEqual(Event.objects.count(), 2)

    def test_mention_comes_in_incomplete_and_is_completed(self) -> None:
        self.assertEqual(counts(import_lines(self.mentioning)), {"new": 2})
        stub = Event.objects.get(import_ref=self.own["id"])
        self.assertTrue(stub.is_incomplete)
        self.assertEqual([row.tag.name for row in stub.taggings.all()], ["Öresund"])
        self.assertEqual(counts(import_lines(self.own)), {"updated": 1})
        self.check()
        self.assertEqual(Event.objects.get(pk=stub.pk).taggings.count(), 0)

    def test_mention_of_a_known_entry_changes_nothing(self) -> None:
        import_lines(self.own)
        self.assertEqual(counts(import_lines(self.mentioning)), {"new": 1, "unchanged": 1})
        self.check()

    def test_entry_of_another_reference_completes_its_mention_in_both_orders(self) -> None:
        elsewhere = self.own | {"id": "tunnel-7", "headline": "A  tunnel opens."}
        for first, second in ((self.mentioning, elsewhere), (elsewhere, self.mentioning)):
            Event.objects.all().delete()
            import_lines(first)
            import_lines(second)
            event = Event.objects.get(date="2016-02-22")
            self.assertEqual(
                (event.import_ref, event.is_incomplete, event.summary), ("tunnel-7", False, "New.")
            )
            before = dump()
            for again in (self.mentioning, elsewhere):
                import_lines(again)
            self.assertEqual(dump(), before)

    def test_mention_is_completed_by_one_entry_only(self) -> None:
        import_lines(self.mentioning)
        twins = [self.own | {"id": f"tunnel-{number}"} for number in (1, 2)]
        self.assertEqual(counts(import_lines(*twins)), {"new": 1, "updated": 1})
        self.assertEqual(Event.objects.filter(date="2016-02-22", is_incomplete=False).count(), 2)

    def test_entry_of_another_day_or_headline_is_no_mention(self) -> None:
        import_lines(self.mentioning)
        import_lines(
            self.own | {"id": "a", "date": "2016-02-23"}, self.own | {"id": "b", "headline": "Closed."}
        )
        self.assertTrue(Event.objects.get(import_ref=self.own["id"]).is_incomplete)
        self.assertEqual(Event.objects.count(), 4)

    def test_mention_of_an_entry_of_the_same_file_is_none(self) -> None:
        for lines in ((self.mentioning, self.own), (self.own, self.mentioning)):
            with self.subTest(first=lines[0]["id"]):
                Event.objects.all().delete()
                self.assertEqual(counts(import_lines(*lines)), {"new": 2})
                self.check()

    def test_two_pages_by_turns_leave_no_trace(self) -> None:
        canal = {"id": "canal", "date": "2016-02-23", "headline": "A canal opens."}
        other = canal | {"related": [self.related | {"shared": ["Bridges"]}]}
        import_lines(self.mentioning)
        import_lines(other)
        stub = Event.objects.get(import_ref=self.own["id"])
        self.assertEqual({row.tag.name for row in stub.taggings.all()}, {"Öresund", "Bridges"})
        before = dump()
        import_lines(self.mentioning)
        import_lines(other)
        self.assertEqual(dump(), before)


class DryRunTests(TestCase):
    def test_changes_nothing_and_tells_truly(self) -> None:
        import_lines(BRIDGE)
        before, stamp = dump(), SiteStamp.objects.values_list("serial", "changed_at").get()
        lines = (
            {"type": "context", "name": "Bridges", "kind": "place"},
            BRIDGE | {"summary": "New."},
            TUNNEL,
            "{",
        )
        told = counts(import_lines(*lines, dry_run=True))
        self.assertEqual(dump(), before)
        self.assertEqual(SiteStamp.objects.values_list("serial", "changed_at").get(), stamp)
        self.assertEqual(told, counts(import_lines(*lines)))
        self.assertEqual(told, {"new": 1, "updated": 2, "invalid": 1})


class ContextsTests(TestCase):
    def test_parent_further_down_has_its_own_address(self) -> None:
        child = {"type": "context", "name": "Front", "parents": ["War", "Unknown"]}
        parent = {"type": "context", "name": "War", "slug": "the-war", "old_slugs": ["a-war"]}
        with patch.object(runner, "BATCH", 1):
            import_lines(child, parent)
            before = dump()
            self.assertEqual(counts(import_lines(child, parent)), {"unchanged": 2})
        self.assertEqual(dump(), before)
        self.assertEqual(
            set(Context.objects.get(name="Front").parents.values_list("slug", flat=True)),
            {"the-war", "unknown"},
        )
        self.assertEqual(
            set(ContextAddress.objects.values_list("slug", flat=True)),
            {"front", "the-war", "a-war", "unknown"},
        )

    def test_new_facts_of_a_context_reach_the_pages_that_show_it(self) -> None:
        import_lines(BRIDGE)
        serial = SiteStamp.objects.get().serial
        import_lines({"type": "context", "name": "Bridges", "aliases": ["Spans"]})
        self.assertGreater(SiteStamp.objects.get().serial, serial)

    def test_taken_slug_is_not_taken_twice(self) -> None:
        import_lines({"type": "context", "name": "War", "slug": "war"})
        result = import_lines({"type": "context", "name": "Warfare", "slug": "war"})
        self.assertEqual(counts(result), {"new": 1})
        self.assertEqual(Context.objects.get(name="Warfare").slug, "warfare")

    def test_publisher_without_country_keeps_the_one_it_has(self) -> None:
        import_lines({"type": "publisher", "host": "bbc.com", "name": "BBC", "country": "GB"})
        import_lines({"type": "publisher", "host": "bbc.com", "name": "BBC News"})
        publisher = Publisher.objects.get()
        self.assertEqual((publisher.name, publisher.country), ("BBC News", "GB"))
        self.assertEqual(Citation.objects.count(), 0)
