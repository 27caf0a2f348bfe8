"""Nothing that somebody may still need is removed, and nothing at the first sight."""

import io
from datetime import UTC, datetime, timedelta

import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import TestCase

from events.models import Image, OrphanFile, ShareCard
from events.tests.factories import make_cover, make_event, picture_bytes
from events.workflow.cards import renew_card
from events.workflow.cleaning import FOLDERS, clean, stored_names
from events.workflow.edits import editing
from events.workflow.pictures import remake_renditions

NOW = datetime(2030, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=8)


class CleaningTests(TestCase):
    def setUp(self):
        # Other tests leave files behind.
        for name in self.files():
            default_storage.delete(name)
        self.image = make_cover(picture_bytes((300, 100)))
        self.event = make_event(cover=self.image)

    def files(self) -> set[str]:
        return {name for folder in FOLDERS for name in stored_names(folder)}

    def clean_twice(self) -> list[str]:
        first = clean(now=NOW)
        self.assertEqual(first.removed, [])
        return clean(now=LATER).removed

    def test_what_is_needed_stays(self):
        renew_card(make_event("Without a picture"))
        before = self.files()
        self.assertEqual(self.clean_twice(), [])
        self.assertEqual(self.files(), before)
        self.assertFalse(OrphanFile.objects.exists())

    def test_former_crops_go_after_days_and_not_at_once(self):
        before = {row.name for row in self.image.stored}
        self.image.focal_x = 0.0
        remake_renditions(self.image)
        former = before - {row.name for row in self.image.stored}
        self.assertTrue(former)
        self.assertEqual(set(clean(now=NOW).marked), former)
        self.assertEqual(clean(now=NOW + timedelta(days=6)).removed, [])
        self.assertLessEqual(former, self.files())
        self.assertEqual(set(clean(now=LATER).removed), former)
        self.assertFalse(former & self.files())
        self.assertFalse(OrphanFile.objects.exists())

    def test_what_comes_back_loses_its_mark(self):
        self.image.focal_x = 0.0
        remake_renditions(self.image)
        clean(now=NOW)
        self.image.focal_x = 0.5
        remake_renditions(self.image)
        marked = clean(now=LATER).marked
        self.assertEqual({row.name for row in self.image.stored} & set(marked), set())
        self.assertLessEqual({row.name for row in self.image.stored}, self.files())

    def test_upload_that_a_revision_knows_stays(self):
        other = make_cover(picture_bytes((310, 100)))
        with editing(self.event):
            self.event.cover = other
        name, renditions = self.image.file.name, {row.name for row in self.image.stored}
        Image.objects.filter(pk=self.image.pk).delete()
        self.assertEqual(set(self.clean_twice()), renditions)
        self.assertTrue(default_storage.exists(name))

    def test_deleted_picture_that_no_entry_ever_had_goes_whole(self):
        loose = make_cover(picture_bytes((320, 100)))
        names = {loose.file.name, *(row.name for row in loose.stored)}
        loose.delete()
        self.assertEqual(set(self.clean_twice()), names)

    def test_card_of_other_words_goes(self):
        event = make_event("Old words, of which a card was drawn")
        renew_card(event)
        name = ShareCard.objects.get().name
        with editing(event):
            event.headline = "New words, of which another one is drawn"
        renew_card(event)
        self.assertEqual(self.clean_twice(), [name])

    def test_other_files_are_none_of_our_business(self):
        default_storage.save("elsewhere/notes.txt", ContentFile(b"x"))
        self.assertEqual(self.clean_twice(), [])
        self.assertTrue(default_storage.exists("elsewhere/notes.txt"))

    def run_command(self, *options: str) -> str:
        out = io.StringIO()
        call_command("clean_media", *options, stdout=out)
        return out.getvalue()

    def test_command_tells_and_a_dry_run_changes_nothing(self):
        default_storage.save("renditions/zz/stray.jpg", ContentFile(b"x"))
        with time_machine.travel(NOW, tick=False):
            self.assertIn("unneeded: renditions/zz/stray.jpg\n", self.run_command("--dry-run"))
            self.assertFalse(OrphanFile.objects.exists())
            self.run_command()
        with time_machine.travel(LATER, tick=False):
            self.assertIn("removed: renditions/zz/stray.jpg\n", self.run_command("--dry-run"))
            self.assertTrue(default_storage.exists("renditions/zz/stray.jpg"))
            self.assertIn("1 removed", self.run_command())
        self.assertFalse(default_storage.exists("renditions/zz/stray.jpg"))

    def test_wrong_database_is_told(self):
        self.event.cover = None
        Image.objects.all().delete()
        before = self.files()
        with self.assertRaisesMessage(CommandError, "Is it the right one?"):
            self.run_command("--after", "0")
        with self.assertRaises(CommandError):
            self.run_command("--after", "-1")
        self.assertEqual(self.files(), before)
