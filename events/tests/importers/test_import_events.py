import json
import os
import shutil
import tempfile
from io import StringIO
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import TestCase

from events.management.commands.load_demo import DEMO
from events.models import Address, Article, Context, Event, Image
from events.tests.importers.files import BRIDGE

COVER = DEMO / "covers" / "canal.jpg"


class ImportEventsTests(TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="import-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name: str, *lines: dict) -> str:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(map(json.dumps, lines)))
        return str(path)

    def run_command(self, *files: str, **options) -> tuple[str, str]:
        out, err = StringIO(), StringIO()
        try:
            call_command("import_events", *files, format="jsonl", stdout=out, stderr=err, **options)
        except CommandError as error:
            self.assertEqual(error.returncode, 1)
            err.write(str(error))
        return out.getvalue().strip(), err.getvalue()

    def test_counts_and_places_are_told(self) -> None:
        file = self.write("f.jsonl", BRIDGE, BRIDGE | {"id": "b", "date": "no"})
        out, err = self.run_command(file)
        self.assertEqual(out, "1 new, 0 updated, 0 unchanged, 0 skipped, 1 invalid")
        self.assertIn("f.jsonl:2: invalid: The field “date” is “no”", err)
        self.assertTrue(err.endswith("1 invalid"))

    def test_all_files_of_a_folder_by_name(self) -> None:
        self.write("b.jsonl", BRIDGE)
        self.write("a.jsonl", BRIDGE | {"id": "first"})
        self.write("notes.txt", {})
        self.run_command(str(self.folder))
        refs = Event.objects.order_by("pk").values_list("import_ref", flat=True)
        self.assertEqual(list(refs), ["first", "bridge"])

    def test_missing_file_is_reported_and_the_others_are_read(self) -> None:
        out, err = self.run_command(str(self.folder / "none.jsonl"), self.write("f.jsonl", BRIDGE))
        self.assertEqual(out, "1 new, 0 updated, 0 unchanged, 0 skipped, 1 invalid")
        self.assertIn("none.jsonl: invalid: The file cannot be read", err)

    def test_every_invalid_row_is_named(self) -> None:
        wrong = (BRIDGE | {"id": str(number), "date": "no"} for number in range(1_500))
        out, err = self.run_command(self.write("f.jsonl", *wrong))
        self.assertEqual(out, "0 new, 0 updated, 0 unchanged, 0 skipped, 1500 invalid")
        self.assertEqual(err.count(": invalid: "), 1_500)

    def test_file_whose_name_is_no_text(self) -> None:
        path = os.fsencode(self.folder) + b"/\xff.jsonl"
        lines = [BRIDGE, BRIDGE | {"id": "b", "date": "no"}]
        Path(os.fsdecode(path)).write_text("\n".join(map(json.dumps, lines)))
        out, err = self.run_command(os.fsdecode(path))
        self.assertEqual(out, "1 new, 0 updated, 0 unchanged, 0 skipped, 1 invalid")
        self.assertIn("\ufffd.jsonl:2: invalid", err)

    def test_old_address_that_is_an_articles_stays_there(self) -> None:
        article = {"type": "article", "id": "a", "date": "2020-01-02", "headline": "Why", "body": "So."}
        self.run_command(self.write("a.jsonl", article | {"old_addresses": ["/2020/01/x/"]}))
        out, _err = self.run_command(self.write("e.jsonl", BRIDGE | {"old_addresses": ["/2020/01/x/"]}))
        self.assertEqual(out, "1 new, 0 updated, 0 unchanged, 0 skipped, 0 invalid")
        self.assertEqual(Address.objects.get(path="2020/01/x").article, Article.objects.get())

    def test_cover_with_an_endless_name_is_told(self) -> None:
        _out, err = self.run_command(self.write("f.jsonl", BRIDGE | {"cover_image": {"file": "f" * 300}}))
        self.assertIn("there is no such picture beside the import", err)

    def test_parents_that_cannot_be_made_cost_nothing_else(self) -> None:
        kids = [
            {
                "type": "context",
                "name": "Kid",
                "parents": [f"{'Long name ' * 14}one", f"{'Long name ' * 14}two"],
            },
            {"type": "context", "name": "Other kid", "parents": ["x" * 5_000]},
        ]
        out, err = self.run_command(self.write("f.jsonl", *kids, BRIDGE))
        self.assertEqual(out, "3 new, 0 updated, 0 unchanged, 0 skipped, 1 invalid")
        self.assertIn("Other kid: invalid: The name of a context has at most 255 characters.", err)
        slugs = Context.objects.get(name="Kid").parents.order_by("pk").values_list("slug", flat=True)
        self.assertEqual(slugs[1], f"{slugs[0]}-2")

    def test_cover_beside_the_import_is_stored(self) -> None:
        shutil.copy(COVER, self.folder)
        self.run_command(
            self.write("f.jsonl", BRIDGE | {"cover_image": {"file": COVER.name, "focal_x": 0.25}})
        )
        image = Event.objects.get().cover
        self.assertEqual(image.focal_x, 0.25)
        self.assertEqual(default_storage.size(image.file.name), COVER.stat().st_size)

    def test_dry_run_stores_no_picture(self) -> None:
        (self.folder / "fake.jpg").write_text("no picture")
        picture = self.folder / "new.jpg"
        # A picture that no other test stores.
        picture.write_bytes(COVER.read_bytes() + b"\0")
        before = stored_files()
        good, bad = ({"cover_image": {"file": name}} for name in ("new.jpg", "fake.jpg"))
        file = self.write("f.jsonl", BRIDGE | good, BRIDGE | {"id": "b"} | bad)
        out, _err = self.run_command(file, dry_run=True)
        self.assertEqual(out, "1 new, 0 updated, 0 unchanged, 0 skipped, 1 invalid")
        self.assertEqual(stored_files(), before)
        self.assertFalse(Image.objects.exists())

    def test_files_outside_of_the_import_are_refused(self) -> None:
        (self.folder / "in").mkdir()
        shutil.copy(COVER, self.folder)
        os.symlink(self.folder / COVER.name, self.folder / "in" / "link.jpg")
        names = [f"../{COVER.name}", str(self.folder / COVER.name), "link.jpg", "none.jpg", "."]
        lines = [BRIDGE | {"id": name, "cover_image": {"file": name}} for name in names]
        out, err = self.run_command(self.write("in/f.jsonl", *lines))
        self.assertEqual(out, "0 new, 0 updated, 0 unchanged, 0 skipped, 5 invalid")
        self.assertIn("no such picture beside the import", err)
        self.assertFalse(Event.objects.exists())


def stored_files() -> set[str]:
    root = Path(default_storage.location)
    return {str(path) for path in root.rglob("*") if path.is_file()}
