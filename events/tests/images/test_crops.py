from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from events.images.crops import RATIOS, SMALLEST, OwnCrop, crop_box

SIDES = st.integers(1, 20_000)
SHARES = st.floats(0, 1)
FOCAL = st.tuples(SHARES, SHARES)
RATIO = st.sampled_from(sorted(RATIOS))
OWN = st.none() | st.builds(OwnCrop, SHARES, SHARES, st.floats(0, 1, exclude_min=True))


class CropBoxTests(SimpleTestCase):
    @settings(max_examples=400)
    @given(SIDES, SIDES, RATIO, FOCAL, OWN)
    def test_box_lies_inside_and_holds_the_focal_point(self, width, height, ratio, focal, own):
        left, top, right, bottom = crop_box(width, height, ratio=ratio, focal=focal, own=own)
        self.assertTrue(0 <= left < right <= width and 0 <= top < bottom <= height)
        x, y = min(int(focal[0] * width), width - 1), min(int(focal[1] * height), height - 1)
        self.assertTrue(left <= x < right and top <= y < bottom)

    @given(SIDES, SIDES, RATIO, FOCAL)
    def test_box_is_the_largest_of_its_ratio(self, width, height, ratio, focal):
        left, top, right, bottom = crop_box(width, height, ratio=ratio, focal=focal)
        across, down = RATIOS[ratio]
        self.assertTrue(right - left == width or bottom - top == height)
        if width >= 100 and height >= 100:
            self.assertLess(abs((right - left) * down - (bottom - top) * across), across + down)

    @given(st.integers(1000, 20_000), st.integers(1000, 20_000), RATIO, FOCAL, OWN)
    def test_own_crop_keeps_ratio_and_size(self, width, height, ratio, focal, own):
        left, top, right, bottom = crop_box(width, height, ratio=ratio, focal=focal, own=own)
        across, down = RATIOS[ratio]
        self.assertLess(abs((right - left) * down - (bottom - top) * across), across + down)
        if own:
            whole = crop_box(width, height, ratio=ratio, focal=focal)
            expected = min(max(own.width, SMALLEST) * width, whole[2] - whole[0])
            self.assertLessEqual(abs(right - left - expected), 1)

    def test_own_crop_stands_where_it_was_put(self):
        own = OwnCrop(0.25, 0.5, 0.25)
        self.assertEqual(crop_box(1600, 1600, ratio="1:1", focal=(0.3, 0.6), own=own), (400, 800, 800, 1200))

    def test_own_crop_is_moved_to_the_focal_point(self):
        own = OwnCrop(0.5, 0.5, 0.25)
        self.assertEqual(crop_box(1600, 1600, ratio="1:1", focal=(0.1, 0.5), own=own), (160, 800, 560, 1200))

    def test_point_in_the_middle_gives_the_middle(self):
        self.assertEqual(crop_box(1600, 1600, ratio="16:9", focal=(0.5, 0.5)), (0, 350, 1600, 1250))

    def test_point_at_a_corner_gives_the_corner(self):
        self.assertEqual(crop_box(400, 100, ratio="1:1", focal=(0, 0)), (0, 0, 100, 100))
        self.assertEqual(crop_box(400, 100, ratio="1:1", focal=(1, 1)), (300, 0, 400, 100))
