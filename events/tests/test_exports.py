import json
import re
import shutil
import tempfile
from datetime import UTC, date, datetime, time
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from events import derived
from events.exports.originals import Originals
from events.exports.records import cover_record
from events.management.commands.load_demo import DEMO
from events.models import Citation, Context, ContextAddress, Event, Image, Publisher, StoryLine
from events.tests.factories import NOW, make_context, make_event, make_story_line, retract
from events.text.file_names import file_name
from events.workflow import steering, stories
from events.workflow.contexts import rename
from events.workflow.edits import editing
from events.workflow.pictures import store_picture

# Text that Markdown, YAML or XML could take for something else.
ODD = """### Source:

\\### Related:

---
title: "no front matter"
---

    code\\  and a [link](/news/ "x")  \nafter a hard break

* é & &amp; <b>raw</b> `` ` `` ]]> 港口 مرفأ
"""


def make_everything() -> None:
    """Entries that use every field there is."""
    war = make_context("War", aliases=["The War", "La guerre"], kind="story", wikidata="Q1")
    front = make_context("Front", parents=[war], kind="place", description="A *front*.\n\nLong.")
    rename(front, "The front", slug="the-front", now=NOW)
    Publisher.objects.create(host="reuters.com", name="Reuters News", country="GB")
    with (DEMO / "covers" / "canal.jpg").open("rb") as upload:
        picture = store_picture(
            Image(
                alt="A canal",
                caption="At *noon*",
                credit="A. B.",
                licence="CC0-1.0",
                place="Suez: “the canal”",
                taken_on=date(2021, 3, 24),
                people="Ada Reed\n- Ben: Okri",
                focal_x=0.0,
                crops={"1:1": [0.0, 0.25, 0.5], "16:9": [0.1, 0.2, 0.75]},
            ),
            upload,
        )
    full = make_event(
        "[Odd] headline: *stars*, #1 & <tags> \\ #",
        summary="# Not a headline\n\n### Text:\n\nSummary.",
        body=ODD,
        short_headline="Odd: yes",
        date=date(2016, 2, 20),
        end_date=date(2016, 2, 21),
        time=time(0, 0),
        time_zone="Asia/Damascus",
        category="Weather",
        label="Breaking: now",
        label_until=datetime(2030, 5, 3, 1, 2, 3, 456789, tzinfo=UTC),
        import_ref="odd/1",
        cover=picture,
        contexts=[front, war, "No"],
        updated_at=datetime(2024, 5, 3, 1, 2, 3, 456789, tzinfo=UTC),
    )
    full.citations.create(
        position=0,
        label="Reuters_[video]",
        url="https://www.reuters.com/a_(b)?id=1&copy=2#x",
        agency="AFP",
        carrier="Someone",
        published_on=date(2016, 2, 20),
        accessed_on=date(2016, 2, 22),
        language="en",
        is_paywalled=True,
        quote="“No: ‘we’\nnever”",
    )
    full.citations.create(position=1, label="Cover Image")
    stories.pin(full, context=war, note='It "turns": *here*', now=NOW)
    line = make_story_line(
        "War & front", [war, front], description="A *line*.\n\nLong.", first_day=date(2016, 1, 1)
    )
    stories.pin(full, story_line=line, now=NOW)
    with editing(full, now=NOW) as event:
        event.date = date(2016, 2, 21)
    for headline, fields in {
        "港口重新开放": {
            "language": "zh-Hans",
            "cover": Image.objects.create(source_url="https://e.org/(a).jpg"),
        },
        "الميناء يفتح أبوابه": {"language": "ar", "summary": "ملخص", "import_ref": "ar-1"},
        "A month passes": {"date_precision": "month", "date": date(2016, 2, 1), "is_incomplete": True},
    }.items():
        make_event(headline, contexts=["War"], **({"date": date(2016, 2, 21)} | fields))
    # The same day and slug, in another order than that of the alphabet.
    bridges = [
        make_event("A bridge", date=date(2016, 2, 21), sources=[("BBC", "https://www.bbc.com/1")])
        for _again in range(2)
    ]
    # Told of entries that stand before and behind it in the files.
    steering.pin(bridges[1], full, note="no: “odd” #1", now=NOW)
    steering.pin(bridges[1], bridges[0], now=NOW)
    steering.pin(full, bridges[1], now=NOW)
    steering.hide(full, bridges[0], both_sides=True, note="- not it", now=NOW)
    steering.hide(bridges[0], bridges[1], now=NOW)
    steering.link(full, bridges[1], "led_to", now=NOW)
    steering.link(bridges[1], full, "update_of", now=NOW)
    Context.objects.filter(name="No").update(is_for_related=False)


def make_hidden() -> None:
    secret = make_context("Secret", description="Nobody knows.")
    draft = make_event(
        "Draft", state="draft", contexts=[secret], sources=[("S", "https://secret.example.org/")]
    )
    for event in Event.objects.exclude(pk=draft.pk).order_by("pk"):
        steering.pin(event, draft, note="Nobody knows.", now=NOW)
        steering.link(event, draft, "part_of", now=NOW)
    make_event("In review", state="in_review")
    make_event("Scheduled", publish_at=datetime(2999, 1, 1, tzinfo=UTC))
    make_event("Embargoed", embargo_until=datetime(2999, 1, 1, tzinfo=UTC))
    retracted = retract(make_event("Retracted"), "It was **wrong**.")
    with editing(retracted, now=datetime(2024, 7, 1, tzinfo=UTC)) as event:
        event.summary = "Edited after its retraction."


class ExportTests(TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="export-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def export(self, name: str, format: str, **options) -> dict[str, bytes]:
        """Export into a new folder and return its files."""
        out = self.folder / name
        call_command("export_events", format=format, out=out, stdout=StringIO(), stderr=StringIO(), **options)
        return {str(f.relative_to(out)): f.read_bytes() for f in sorted(out.rglob("*")) if f.is_file()}

    def import_again(self, name: str, format: str) -> str:
        """Import an export into an emptied database."""
        derived.forget(list(Event.objects.values_list("pk", flat=True)))
        for model in (Event, StoryLine, Context, Citation, Publisher, Image):
            model.objects.all().delete()
        self.assertFalse(ContextAddress.objects.exists())
        return self.import_over(name, format)

    def import_over(self, name: str, format: str) -> str:
        out = StringIO()
        call_command("import_events", str(self.folder / name), format=format, stdout=out)
        return out.getvalue()

    def check(self, importer: str, format: str, **options) -> None:
        """An export is imported as what it was, and imported once more it changes nothing."""
        first = self.export("first", format, **options)
        report = self.import_again("first", importer)
        self.assertIn("0 updated", report)
        self.assertIn("0 skipped, 0 invalid", report)
        self.assertEqual(self.export("second", format, **options), first)
        self.assertIn("0 new, 0 updated", self.import_over("first", importer))


class RoundTripTests(ExportTests):
    maxDiff = None

    def test_lines(self) -> None:
        make_everything()
        self.check("jsonl", "jsonl")

    def test_whole_backup(self) -> None:
        make_everything()
        make_hidden()
        self.check("jsonl", "jsonl", include_unpublished=True)

    def test_pages(self) -> None:
        make_everything()
        make_hidden()
        self.check("context", "md")

    def test_pages_of_the_site_take_nothing_away(self) -> None:
        make_everything()
        first = self.export("first", "md")
        self.import_again("first", "context")
        served = self.folder / "served"
        served.mkdir()
        for event in Event.objects.all():
            page = self.client.get(f"{event.get_absolute_url().rstrip('/')}.md")
            (served / f"{event.public_id}.md").write_bytes(page.content)
        self.assertIn("0 new, 0 updated", self.import_over("served", "context"))
        self.assertEqual(self.export("second", "md"), first)

    def test_pages_are_the_same_after_a_trip_through_lines(self) -> None:
        make_everything()
        pages = self.export("pages", "md")
        self.export("lines", "jsonl")
        self.import_again("lines", "jsonl")
        self.assertEqual(self.export("again", "md"), pages)


class LinesTests(ExportTests):
    def lines(self, **options) -> list[dict]:
        (name, text), *_media = self.export("lines", "jsonl", **options).items()
        self.assertEqual(name, "events.jsonl")
        return [json.loads(line) for line in text.decode().splitlines()]

    def test_contexts_publishers_events_and_stories_in_a_fixed_order(self) -> None:
        make_everything()
        lines = self.lines()
        self.assertEqual(
            [line["type"] for line in lines],
            sorted(line["type"] for line in lines if line["type"] == "context")
            + [line["type"] for line in lines if line["type"] == "publisher"]
            + ["event"] * 6
            + ["story"] * 2,
        )
        keys = [line.get("slug") for line in lines if line["type"] == "context"]
        self.assertEqual(keys, sorted(keys))
        days = [line["date"] for line in lines if line["type"] == "event"]
        self.assertEqual(days, sorted(days))

    def test_nothing_hidden_is_told_unless_asked_for(self) -> None:
        make_hidden()
        self.assertEqual(self.lines(), [])
        shutil.rmtree(self.folder / "lines")
        whole = self.lines(include_unpublished=True)
        self.assertEqual(sum(line["type"] == "event" for line in whole), 5)

    def test_standard_output_has_only_lines(self) -> None:
        make_everything()
        out, err = StringIO(), StringIO()
        call_command("export_events", format="jsonl", stdout=out, stderr=err)
        lines = [json.loads(line) for line in out.getvalue().splitlines()]
        covers = [line["cover_image"] for line in lines if "cover_image" in line]
        self.assertTrue(all("file" not in cover and cover["source_url"] for cover in covers))
        self.assertIn("6 events", err.getvalue())

    def test_one_of_a_kind_is_told_as_one(self) -> None:
        make_event("A bridge opens", contexts=[make_context("Sea")])
        make_event("A bridge closes")
        err = StringIO()
        call_command("export_events", format="jsonl", stdout=StringIO(), stderr=err)
        self.assertIn("1 context, 2 events, 0 pictures copied", err.getvalue())

    def test_missing_picture_is_told_and_its_address_written(self) -> None:
        originals = Originals(self.folder)
        record = cover_record(
            Image(file="originals/none.jpg", width=1, height=1, source_url="https://e.org/a.jpg"),
            originals=originals,
        )
        self.assertEqual((record.file, record.source_url), ("", "https://e.org/a.jpg"))
        self.assertEqual(originals.missing, ["originals/none.jpg"])


# What pages of Markdown carry for an import, beside what the site serves.
OF_EXPORTS = re.compile(
    rb"^  (file|focal_[xy]|is_not_for_related): .*\n"
    rb"|^  (old_slugs|crops):\n(  - .*\n|    .*\n)+"
    rb"|^(pins|hidden):\n(- .*\n(  .*\n)*)+",
    re.MULTILINE,
)


class BrokenOffTests(TestCase):
    def test_a_place_that_cannot_be_written_is_told_in_a_line(self) -> None:
        with tempfile.NamedTemporaryFile() as file:
            for format in ("jsonl", "md"):
                make_event(slug=format)
                with (
                    self.subTest(format),
                    self.assertRaisesMessage(CommandError, "The export is not complete: "),
                ):
                    call_command("export_events", "--format", format, "--out", file.name, stderr=StringIO())


class PagesTests(ExportTests):
    def test_files_are_what_the_site_serves(self) -> None:
        make_everything()
        make_hidden()
        for format in ("md", "json", "xml"):
            files = self.export(format, format)
            pages = {name: text for name, text in files.items() if not name.startswith("media/")}
            self.assertEqual(len(pages), 6 + 2 + 2 + Context.objects.exclude(name="Secret").count())
            for name, text in pages.items():
                served = self.client.get(f"/{name}")
                self.assertEqual(served.status_code, 200, name)
                self.assertEqual(OF_EXPORTS.sub(b"", text).decode(), served.content.decode(), name)

    def test_pages_need_a_folder_and_hold_only_what_is_public(self) -> None:
        with self.assertRaisesMessage(CommandError, "name a folder"):
            call_command("export_events", format="md")
        with self.assertRaisesMessage(CommandError, "pages are public"):
            call_command("export_events", format="md", out=self.folder, include_unpublished=True)

    @override_settings(EVENTS_PAGE_SIZE=2)
    def test_pages_of_contexts_lead_to_no_cursor(self) -> None:
        make_everything()
        self.assertIn("?before=", self.client.get("/contexts/war/index.md").content.decode())
        for name, text in self.export("first", "md").items():
            self.assertNotIn(b"?before=", text, name)

    def test_long_name_fits_a_file_system(self) -> None:
        self.assertEqual(file_name("a-bridge"), "a-bridge")
        first, second = file_name("港" * 100 + "a"), file_name("港" * 100 + "b")
        self.assertLessEqual(len(first.encode()), 240)
        self.assertNotEqual(first, second)
