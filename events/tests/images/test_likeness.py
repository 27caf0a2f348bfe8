from io import BytesIO
from random import Random

from django.test import SimpleTestCase
from PIL import Image

from events.images.likeness import ALIKE, distance, likeness_of, placeholder_of


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture of large soft shapes; the same for the same seed."""
    small = Image.frombytes("L", (5, 4), Random(seed).randbytes(20))  # noqa: S311 (no secret)
    return small.resize(size, Image.Resampling.BICUBIC).convert("RGB")


class PlaceholderTests(SimpleTestCase):
    def test_tells_six_colours(self):
        picture = Image.new("RGB", (300, 200), "white")
        picture.paste("black", (0, 0, 100, 100))
        picture.paste("#f00", (200, 100, 300, 200))
        self.assertEqual(placeholder_of(picture), "000fffffffffffff00")


class LikenessTests(SimpleTestCase):
    def test_fits_a_signed_column(self):
        for seed in range(20):
            self.assertTrue(-(2**63) <= likeness_of(scene(seed)) < 2**63)

    def test_copies_are_alike(self):
        for seed in range(10):
            picture = scene(seed)
            buffer = BytesIO()
            picture.resize((200, 150)).save(buffer, "JPEG", quality=40)
            copy = Image.open(buffer).convert("L")
            self.assertLessEqual(distance(likeness_of(picture), likeness_of(copy)), ALIKE)

    def test_other_pictures_are_not(self):
        hashes = [likeness_of(scene(seed)) for seed in range(10)]
        for place, one in enumerate(hashes):
            for other in hashes[place + 1 :]:
                self.assertGreater(distance(one, other), ALIKE)

    def test_distance_counts_bits(self):
        self.assertEqual(distance(-1, 0), 64)
        self.assertEqual(distance(5, 5), 0)
        self.assertEqual(distance(-(2**63), 0), 1)
