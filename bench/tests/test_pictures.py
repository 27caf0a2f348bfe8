"""The benchmark of pictures measures what it says."""

from io import BytesIO

from django.test import SimpleTestCase
from PIL import Image

from bench.pictures import COLUMNS, Cost, Costs, cost_of, photograph, row


class PhotographTests(SimpleTestCase):
    def test_has_its_megapixels_and_is_the_same_again(self):
        data = photograph(0.24, seed=3)
        picture = Image.open(BytesIO(data))
        self.assertEqual((picture.format, picture.size), ("JPEG", (600, 400)))
        self.assertEqual(data, photograph(0.24, seed=3))
        self.assertNotEqual(data, photograph(0.24, seed=4))

    def test_is_no_flat_surface(self):
        low, high = Image.open(BytesIO(photograph(0.24, seed=1))).convert("L").getextrema()
        self.assertGreater(high - low, 100)


class CostTests(SimpleTestCase):
    def test_all_renditions_are_counted(self):
        cost = cost_of(photograph(0.24, seed=1))
        self.assertGreater(cost.files, 20)
        self.assertTrue(cost.seconds > 0 and cost.length > 10_000 and cost.peak > 10_000)

    def test_row_adds_up(self):
        costs = Costs([Cost(1.0, 30, 2_000_000, 100_000), Cost(3.0, 30, 1_000_000, 200_000)], seconds=2.0)
        found = dict(zip(COLUMNS, row("two", costs), strict=True))
        self.assertEqual((found["pictures"], found["files"], found["MB out"]), ("2", "60", "3.0"))
        self.assertEqual((found["CPU s each"], found["slowest"]), ("2.00", "3.00"))
        self.assertEqual((found["pictures/s"], found["peak MB"]), ("1.00", "200"))

    def test_goal_is_missed_by_time_or_by_memory(self):
        self.assertFalse(Costs([Cost(3.9, 1, 1, 399_000)], seconds=1).is_missed)
        self.assertTrue(Costs([Cost(4.1, 1, 1, 1)], seconds=1).is_missed)
        self.assertTrue(Costs([Cost(0.1, 1, 1, 401_000)], seconds=1).is_missed)
