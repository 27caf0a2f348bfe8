"""Whatever is uploaded: nothing is stored that is no picture, no metadata gets out, no page breaks."""

from io import BytesIO

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from PIL import Image as PillowImage

from events.models import Image
from events.tests.images.odd_files import SECRET, OddFile, odd_files
from events.tests.workflow.test_permissions import make_user

KEPT = {"JPEG", "WEBP", "AVIF"}


def stored_files(folder: str = "") -> set[str]:
    """The names of everything in the storage."""
    folders, files = default_storage.listdir(folder) if default_storage.exists(folder or ".") else ([], [])
    found = {f"{folder}{name}" for name in files}
    return found.union(*(stored_files(f"{folder}{name}/") for name in folders))


class OddUploadsTests(TestCase):
    def setUp(self):
        self.client.force_login(make_user("Chief editor"))

    def upload(self, odd: OddFile) -> Image | None:
        """The picture that came of it, or None where it was refused."""
        before = set(Image.objects.values_list("pk", flat=True))
        upload = SimpleUploadedFile("x", odd.data, content_type="image/png")
        # Django's class makes the name harmless before it is sent; here it goes as it is.
        upload._name = odd.name
        data = {"file": upload, "alt": "A slope", "focal_x": "0.5", "focal_y": "0.5"}
        response = self.client.post("/admin/events/image/add/", data)
        self.assertIn(response.status_code, (200, 302))
        return Image.objects.exclude(pk__in=before).first()

    def test_corpus(self):
        files = list(odd_files())
        self.assertGreaterEqual(len(files), 150)
        before = stored_files()
        for odd in files:
            with self.subTest(odd.name[:60]):
                image = self.upload(odd)
                if odd.is_picture is not None:
                    self.assertEqual(image is not None, odd.is_picture)
                if image:
                    self.check_stored(image)
        known = {row.name for image in Image.objects.all() for row in image.stored}
        known |= set(Image.objects.values_list("file", flat=True))
        self.assertEqual(stored_files() - before - known, set())

    def check_stored(self, image: Image) -> None:
        self.assertRegex(image.file.name, r"^originals/[0-9a-f]{32}\.(jpg|png|webp|avif|gif)$")
        self.assertTrue(image.stored)
        for row in image.stored:
            with default_storage.open(row.name) as file:
                data = file.read()
            picture = PillowImage.open(BytesIO(data))
            picture.load()
            self.assertIn(picture.format, KEPT)
            self.assertEqual((picture.mode, picture.size), ("RGB", (row.width, row.height)))
            self.assertEqual(dict(picture.getexif()), {})
            self.assertFalse({"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(picture.info))
            self.assertNotIn(SECRET.encode(), data)
