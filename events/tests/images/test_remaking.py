import io

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import TestCase

from events.models import Image, SiteStamp
from events.tests.factories import make_cover, make_event, picture_bytes


def remake(*keys: int) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("remake_renditions", *keys, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


class RemakeRenditionsTests(TestCase):
    def test_lost_and_older_files_come_back(self):
        image = make_cover(picture_bytes((90, 60)))
        make_event(cover=image)
        listing, serial = image.renditions, SiteStamp.objects.get().serial
        default_storage.delete(image.stored[0].name)
        Image.objects.update(renditions="full 90 60 renditions/old-full-90 jpg:12")
        self.assertEqual(remake(image.pk), ("1 pictures remade, 0 failed\n", ""))
        image.refresh_from_db()
        self.assertEqual(image.renditions, listing)
        self.assertTrue(default_storage.exists(image.stored[0].name))
        self.assertGreater(SiteStamp.objects.get().serial, serial)

    def test_missing_upload_is_named_and_the_rest_goes_on(self):
        lost, found = make_cover(picture_bytes((91, 60))), make_cover(picture_bytes((92, 60)))
        default_storage.delete(lost.file.name)
        Image.objects.update(placeholder="")
        told, errors = remake()
        self.assertIn(lost.file.name, errors)
        self.assertEqual(told, "1 pictures remade, 1 failed\n")
        found.refresh_from_db()
        self.assertTrue(found.placeholder)
