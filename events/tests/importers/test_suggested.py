import json
from io import StringIO
from tempfile import NamedTemporaryFile

from django.core.management import call_command
from django.test import TestCase

from events.importers.suggested import MOST_ADDED
from events.models import Context, Event
from events.tests.dumps import dump
from events.tests.factories import make_context
from events.tests.importers.files import BRIDGE, import_lines

STRAIT = BRIDGE | {
    "headline": "A bridge opens between Denmark and Sverige.",
    "summary": "It crosses the Öresund; nobody in Denmark's capital knows Malmö.",
}


def carried(ref: str = "bridge") -> list[str]:
    return [row.tag.name for row in Event.objects.get(import_ref=ref).taggings.select_related("tag")]


class SuggestedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_context("Sweden", aliases=["Sverige"])
        make_context("Denmark")

    def test_named_contexts_come_behind_those_of_the_record(self) -> None:
        result = import_lines(STRAIT, suggest_contexts=True)
        self.assertEqual(carried(), ["Bridges", "Öresund", "Denmark", "Sweden"])
        self.assertEqual(result.suggested, 2)
        self.assertFalse(Context.objects.filter(name="Malmö").exists())

    def test_nothing_is_added_unasked(self) -> None:
        result = import_lines(STRAIT)
        self.assertEqual((carried(), result.suggested), (["Bridges", "Öresund"], 0))

    def test_contexts_of_the_same_batch_are_known(self) -> None:
        import_lines(STRAIT | {"id": "a", "contexts": []}, BRIDGE, suggest_contexts=True)
        self.assertEqual(carried("a"), ["Denmark", "Sweden", "Öresund"])

    def test_imported_twice_changes_nothing(self) -> None:
        import_lines(STRAIT, suggest_contexts=True)
        before = dump()
        make_context("Capital")
        for asked in (True, False):
            result = import_lines(STRAIT, suggest_contexts=asked)
            self.assertEqual((result.counts["unchanged"], result.suggested), (1, 0))
        Context.objects.get(name="Capital").delete()
        self.assertEqual(dump(), before)

    def test_changed_record_is_read_anew(self) -> None:
        import_lines(STRAIT, suggest_contexts=True)
        changed = STRAIT | {"headline": "A bridge opens in Sverige."}
        result = import_lines(changed, suggest_contexts=True)
        self.assertEqual((result.counts["updated"], result.suggested), (1, 2))
        self.assertEqual(carried(), ["Bridges", "Öresund", "Sweden", "Denmark"])
        import_lines(changed | {"headline": "A bridge opens in Denmark."})
        self.assertEqual(carried(), ["Bridges", "Öresund"])

    def test_dry_run_tells_and_writes_nothing(self) -> None:
        result = import_lines(STRAIT, suggest_contexts=True, dry_run=True)
        self.assertEqual((result.counts["new"], result.suggested), (1, 2))
        self.assertFalse(Event.objects.exists())

    def test_one_entry_gets_a_limited_number(self) -> None:
        names = [f"Town {chr(number)}{chr(number)}" for number in range(ord("a"), ord("a") + MOST_ADDED + 5)]
        for name in names:
            make_context(name)
        import_lines(BRIDGE | {"contexts": [], "summary": ", ".join(names)}, suggest_contexts=True)
        self.assertEqual(carried(), names[:MOST_ADDED])

    def test_revision_and_counts_tell_of_the_added_ones(self) -> None:
        import_lines(STRAIT, suggest_contexts=True)
        event = Event.objects.get()
        self.assertEqual(event.revisions.get().snapshot["contexts"], carried())
        self.assertEqual(Context.objects.get(name="Sweden").events_count, 1)

    def test_command_counts_them_before_its_last_line(self) -> None:
        out = StringIO()
        with NamedTemporaryFile("w", suffix=".jsonl") as file:
            file.write(json.dumps(STRAIT))
            file.flush()
            call_command("import_events", file.name, format="jsonl", suggest_contexts=True, stdout=out)
        self.assertEqual(
            out.getvalue().splitlines(),
            [
                "2 contexts added that the texts name",
                "1 new, 0 updated, 0 unchanged, 0 skipped, 0 invalid",
            ],
        )
