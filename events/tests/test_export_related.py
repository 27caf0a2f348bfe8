import json
import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase

from events.tests.factories import make_event


class ExportRelatedTests(TestCase):
    def test_every_public_event_with_what_is_suggested(self) -> None:
        one = make_event("The old bridge is closed", contexts=["Old bridge"])
        other = make_event("The old bridge opens again", contexts=["Old bridge"])
        make_event("A bridge of tomorrow", contexts=["Old bridge"], state="draft")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "related.json"
            call_command("export_related", file, stdout=StringIO(), stderr=StringIO())
            lists = json.loads(file.read_text())
        self.assertEqual(lists, {one.public_id: [other.public_id], other.public_id: [one.public_id]})

    def test_a_place_that_cannot_be_written_is_told(self) -> None:
        with self.assertRaisesMessage(CommandError, "No such file"):
            call_command("export_related", "/nowhere/related.json", stdout=StringIO(), stderr=StringIO())
