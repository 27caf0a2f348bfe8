from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.images.crops import RATIOS, crop_box

SIDES = st.integers(1, 20_000)
SHARES = st.floats(0, 1)


class CropBoxTests(SimpleTestCase):
    @given(SIDES, SIDES, st.sampled_from(sorted(RATIOS)), SHARES, SHARES)
    def test_box_lies_inside_and_holds_the_focal_point(self, width, height, ratio, x, y):
        left, top, right, bottom = crop_box(width, height, ratio=ratio, focal=(x, y))
        self.assertTrue(0 <= left < right <= width and 0 <= top < bottom <= height)
        # Rounding to whole pixels may move an edge by one.
        self.assertTrue(left - 1 <= x * width <= right + 1 and top - 1 <= y * height <= bottom + 1)

    @given(SIDES, SIDES, st.sampled_from(sorted(RATIOS)), SHARES, SHARES)
    def test_box_is_the_largest_of_its_ratio(self, width, height, ratio, x, y):
        left, top, right, bottom = crop_box(width, height, ratio=ratio, focal=(x, y))
        across, down = RATIOS[ratio]
        self.assertTrue(right - left == width or bottom - top == height)
        if width >= 100 and height >= 100:
            self.assertLess(abs((right - left) * down - (bottom - top) * across), across + down)

    def test_point_in_the_middle_gives_the_middle(self):
        self.assertEqual(crop_box(1600, 1600, ratio="16:9", focal=(0.5, 0.5)), (0, 350, 1600, 1250))

    def test_point_at_a_corner_gives_the_corner(self):
        self.assertEqual(crop_box(400, 100, ratio="1:1", focal=(0, 0)), (0, 0, 100, 100))
        self.assertEqual(crop_box(400, 100, ratio="1:1", focal=(1, 1)), (300, 0, 400, 100))
