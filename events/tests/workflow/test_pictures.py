from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import TestCase

from events.images.names import digest_of
from events.models import Image
from events.tests.factories import picture_bytes
from events.workflow.pictures import remake_renditions, store_picture


class StorePictureTests(TestCase):
    def test_original_is_named_by_its_digest(self):
        data = picture_bytes((80, 60))
        image = store_picture(Image(alt="A slope"), BytesIO(data))
        self.assertEqual(image.digest, digest_of(data))
        self.assertRegex(image.file.name, rf"^originals/{digest_of(data)[:16]}[0-9a-f]*\.png$")
        self.assertEqual((image.width, image.height), (80, 60))

    def test_renditions_are_stored_and_recorded(self):
        image = store_picture(Image(alt="A slope"), BytesIO(picture_bytes((80, 60))))
        stored = Image.objects.get(pk=image.pk).stored
        self.assertEqual({row.ratio for row in stored}, {"full", "16:9", "4:3", "1:1", "1.91:1"})
        for row in stored:
            self.assertEqual(default_storage.size(row.name), row.bytes)

    def test_same_file_is_kept_once(self):
        data = picture_bytes((80, 60))
        one, other = (store_picture(Image(alt="A slope"), BytesIO(data)) for _time in range(2))
        self.assertEqual(one.file.name, other.file.name)

    def test_new_focal_point_makes_new_crops(self):
        image = store_picture(Image(alt="A slope"), BytesIO(picture_bytes((300, 60))))
        before = {row.name for row in image.stored if row.ratio == "1:1"}
        image.focal_x = 0.0
        remake_renditions(image)
        self.assertFalse({row.name for row in image.stored if row.ratio == "1:1"} & before)

    def test_damaged_file_is_refused_and_nothing_is_saved(self):
        with self.assertRaises(ValidationError):
            store_picture(Image(alt="A slope"), BytesIO(picture_bytes((200, 200))[:400]))
        self.assertFalse(Image.objects.exists())

    def test_what_is_no_picture_is_refused(self):
        with self.assertRaises(ValidationError):
            store_picture(Image(alt="A slope"), BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
