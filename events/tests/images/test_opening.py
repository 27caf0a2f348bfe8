"""Uploads of every kind become upright pictures in plain colours, without a trace of their metadata."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase
from PIL import Image, ImageCms, ImageOps

from events.images.opening import open_upright, upright_size, validate_sound
from events.tests.factories import picture_bytes
from events.tests.images.odd_files import ORIENTATION


def corner_brightness(picture: Image.Image) -> list[bool]:
    """Which of the four corners are bright, clockwise from the upper left."""
    width, height = picture.size
    corners = ((2, 2), (width - 3, 2), (width - 3, height - 3), (2, height - 3))
    return [picture.convert("L").getpixel(corner) > 128 for corner in corners]


class OpenUprightTests(SimpleTestCase):
    def test_stands_upright_in_all_eight_orientations(self):
        upright = Image.new("L", (64, 48))
        upright.paste(255, (0, 0, 32, 24))
        # Each undoes what the orientation will do.
        ways = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
        for orientation, way in ways.items():
            exif = Image.Exif()
            exif[ORIENTATION] = orientation
            buffer = BytesIO()
            upright.transpose(Image.Transpose(way)).save(buffer, "JPEG", exif=exif, quality=95)
            with self.subTest(orientation):
                self.assertEqual(upright_size(buffer), (64, 48))
                picture = open_upright(buffer)
                self.assertEqual(picture.size, (64, 48))
                self.assertEqual(corner_brightness(picture), [True, False, False, False])
                self.assertEqual(dict(picture.getexif()), {})

    def test_every_mode_becomes_plain_colour(self):
        for kind, mode in (
            ("JPEG", "CMYK"), ("PNG", "I;16"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"),
            ("PNG", "RGBA"), ("PNG", "1"), ("JPEG", "L"), ("WEBP", "RGBA"), ("GIF", "P"), ("AVIF", "RGB"),
        ):  # fmt: skip
            with self.subTest(kind, mode=mode):
                picture = open_upright(BytesIO(picture_bytes(kind=kind, mode=mode)))
                self.assertEqual((picture.mode, picture.size), ("RGB", (64, 48)))

    def test_sixteen_bits_keep_their_slope(self):
        data = BytesIO()
        grey = Image.linear_gradient("L").convert("I").point(lambda value: value * 257)
        grey.convert("I;16").save(data, "PNG")
        low, high = open_upright(data).convert("L").getextrema()
        self.assertLess(low, 10)
        self.assertGreater(high, 245)

    def test_transparent_parts_become_paper(self):
        data = BytesIO()
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(data, "PNG")
        self.assertEqual(open_upright(data).getpixel((5, 5)), (255, 255, 255))

    def test_animation_gives_its_first_frame(self):
        data = BytesIO()
        frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
        frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
        red, _green, blue = open_upright(data).getpixel((5, 5))
        self.assertTrue(red > 200 > blue)

    def test_colour_profile_is_applied(self):
        """A profile whose red and green are exchanged shows at once whether anybody looked at it."""
        profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        red, green = profile.index(b"rXYZ", 128), profile.index(b"gXYZ", 128)
        profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
        for mode in ("RGB", "RGBA"):
            data = BytesIO()
            Image.new(mode, (8, 8), "red").save(data, "PNG", icc_profile=bytes(profile))
            with self.subTest(mode):
                red_part, green_part, _blue = open_upright(data).getpixel((4, 4))
                self.assertTrue(green_part > 200 > red_part)

    def test_broken_colour_profile_is_ignored(self):
        whole = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        for profile in (b"nonsense", whole[:200]):
            picture = open_upright(BytesIO(picture_bytes(kind="JPEG", icc_profile=profile)))
            self.assertEqual(picture.mode, "RGB")

    def test_shrinks_no_further_than_told(self):
        data = BytesIO(picture_bytes((2000, 1000), kind="JPEG"))
        self.assertEqual(open_upright(data, shrink=4.5).size, (500, 250))
        self.assertEqual(open_upright(data, shrink=1.9).size, (2000, 1000))

    def test_damage_is_told(self):
        for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
            whole = picture_bytes((400, 300), kind=kind)
            with self.subTest(kind), self.assertRaises(ValidationError):
                open_upright(BytesIO(whole[: len(whole) * 2 // 3]))

    def test_check_of_a_form_leaves_the_upload_as_it_was(self):
        upload = BytesIO(picture_bytes())
        validate_sound(upload)
        self.assertEqual(upload.tell(), 0)
        self.assertEqual(ImageOps.exif_transpose(Image.open(upload)).size, (64, 48))
