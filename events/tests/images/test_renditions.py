"""What pages show: upright, in plain colours, without metadata, never larger than the upload."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import SimpleTestCase, TestCase
from PIL import Image as PillowImage
from PIL import ImageCms

from events.images.renditions import full_widths, make_renditions, open_upright
from events.models import Image
from events.tests.factories import picture_bytes
from events.workflow.pictures import remake_renditions, store_picture

ORIENTATION, GPS = 0x0112, 0x8825


def with_exif(data: bytes) -> bytes:
    """The picture as a telephone leaves it: lying on its side, with its place."""
    exif = PillowImage.Exif()
    exif[ORIENTATION] = 6
    exif[0x010E] = "secretdescription"
    exif.get_ifd(GPS)[2] = (35.0, 2.0, 17.0)
    buffer = BytesIO()
    PillowImage.open(BytesIO(data)).save(buffer, "JPEG", exif=exif, comment=b"secretcomment")
    return buffer.getvalue()


def renditions(data: bytes, focal: tuple[float, float] = (0.5, 0.5)) -> list:
    return list(make_renditions(BytesIO(data), digest="d" * 64, focal=focal))


class RenditionsTests(SimpleTestCase):
    def test_nothing_is_scaled_up(self):
        for size in ((1, 1), (7, 1000), (300, 200), (480, 480), (481, 300), (2000, 700)):
            for file in renditions(picture_bytes(size)):
                with self.subTest(size, name=file.name):
                    self.assertLessEqual(file.width, size[0])
                    self.assertLessEqual(file.height, size[1])
                    self.assertEqual(PillowImage.open(BytesIO(file.data)).size, (file.width, file.height))

    def test_widths_offered(self):
        self.assertEqual(full_widths(300), [300])
        self.assertEqual(full_widths(960), [480, 960])
        self.assertEqual(full_widths(4000), [480, 960, 1600])

    def test_all_ratios_and_types_are_there(self):
        found = {(file.ratio, file.type) for file in renditions(picture_bytes((640, 480)))}
        crops = {(ratio, "image/jpeg") for ratio in ("16:9", "4:3", "1:1")}
        self.assertEqual(found, crops | {("full", "image/jpeg"), ("full", "image/webp")})

    def test_names_tell_the_bytes(self):
        names = [file.name for file in renditions(picture_bytes((640, 480)))]
        self.assertEqual(len(set(names)), len(names))
        moved = [file.name for file in renditions(picture_bytes((640, 480)), focal=(0.1, 0.9))]
        self.assertTrue(set(names) - set(moved))

    def test_metadata_is_gone_and_the_picture_stands_upright(self):
        data = with_exif(picture_bytes((64, 48)))
        self.assertIn(b"secretcomment", data)
        for file in renditions(data):
            picture = PillowImage.open(BytesIO(file.data))
            with self.subTest(file.name):
                self.assertEqual(dict(picture.getexif()), {})
                self.assertNotIn("comment", picture.info)
                self.assertNotIn(b"secret", file.data)
        full = next(file for file in renditions(data) if file.ratio == "full")
        self.assertEqual((full.width, full.height), (48, 64))

    def test_every_mode_becomes_plain_colour(self):
        for kind, mode in (
            ("JPEG", "CMYK"), ("PNG", "I;16"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"),
            ("PNG", "RGBA"), ("PNG", "1"), ("JPEG", "L"), ("WEBP", "RGBA"), ("GIF", "P"), ("AVIF", "RGB"),
        ):  # fmt: skip
            with self.subTest(kind, mode=mode):
                picture = open_upright(BytesIO(picture_bytes(kind=kind, mode=mode)))
                self.assertEqual((picture.mode, picture.size), ("RGB", (64, 48)))
                self.assertTrue(renditions(picture_bytes(kind=kind, mode=mode)))

    def test_sixteen_bits_keep_their_slope(self):
        data = BytesIO()
        grey = PillowImage.linear_gradient("L").convert("I").point(lambda value: value * 257)
        grey.convert("I;16").save(data, "PNG")
        low, high = open_upright(data).convert("L").getextrema()
        self.assertLess(low, 10)
        self.assertGreater(high, 245)

    def test_transparent_parts_become_paper(self):
        data = BytesIO()
        PillowImage.new("RGBA", (10, 10), (0, 0, 0, 0)).save(data, "PNG")
        self.assertEqual(open_upright(data).getpixel((5, 5)), (255, 255, 255))

    def test_animation_gives_its_first_frame(self):
        data = BytesIO()
        frames = [PillowImage.new("RGB", (20, 20), color) for color in ("red", "blue")]
        frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
        red, _green, blue = open_upright(data).getpixel((5, 5))
        self.assertTrue(red > 200 > blue)

    def test_broken_colour_profile_is_ignored(self):
        for profile in (
            b"nonsense",
            ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()[:200],
        ):
            self.assertTrue(renditions(picture_bytes(kind="JPEG", icc_profile=profile)))

    def test_focal_point_decides_the_crop(self):
        square = next(
            file for file in renditions(picture_bytes((64, 192)), focal=(0.5, 0.0)) if file.ratio == "1:1"
        )
        # The slope goes from black at the top to white at the foot.
        self.assertLess(
            PillowImage.open(BytesIO(square.data)).convert("L").resize((1, 1)).getpixel((0, 0)), 80
        )


class StorePictureTests(TestCase):
    def test_truncated_picture_is_refused_and_stores_nothing(self):
        for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
            whole = picture_bytes((400, 300), kind=kind)
            with self.subTest(kind), self.assertRaises(ValidationError):
                store_picture(Image(alt="Half"), BytesIO(whole[: len(whole) * 2 // 3]))
        self.assertFalse(Image.objects.exists())

    def test_stored_names_follow_the_content_alone(self):
        image = store_picture(Image(alt="A slope"), BytesIO(picture_bytes((90, 60))))
        self.assertRegex(image.file.name, r"^originals/[0-9a-f]{32}\.png$")
        self.assertEqual((image.width, image.height), (90, 60))
        for row in image.renditions:
            self.assertTrue(default_storage.exists(row["name"]))
        again = store_picture(Image(alt="The same"), BytesIO(picture_bytes((90, 60))))
        self.assertEqual(again.file.name, image.file.name)

    def test_moved_focal_point_makes_other_crops(self):
        image = store_picture(Image(alt="A slope"), BytesIO(picture_bytes((90, 240))))
        before = {row["name"] for row in image.renditions}
        image.focal_y = 0.0
        remake_renditions(image)
        self.assertNotEqual({row["name"] for row in image.renditions}, before)

    def test_polyglot_leaves_nothing_but_the_picture(self):
        data = picture_bytes((64, 48), kind="JPEG") + b"<script>alert(1)</script>PK\x03\x04"
        image = store_picture(Image(alt="Two in one"), BytesIO(data))
        for row in image.renditions:
            self.assertNotIn(b"script", default_storage.open(row["name"]).read())
