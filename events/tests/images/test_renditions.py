"""What pages show: of exactly the sizes promised, never scaled up, the same bytes each time."""

from io import BytesIO

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as PillowImage

from events.images.crops import RATIOS, OwnCrop
from events.images.listing import read_listing, write_listing
from events.images.names import digest_of
from events.images.renditions import SIZES, Framing, make_renditions, sizes_of
from events.tests.factories import picture_bytes

SHARES = st.floats(0, 1)
CROPS = st.builds(OwnCrop, SHARES, SHARES, st.floats(0, 1, exclude_min=True))
OWN = st.dictionaries(st.sampled_from(sorted(RATIOS)), CROPS)
FRAMINGS = st.builds(Framing, st.tuples(SHARES, SHARES), OWN)


def renditions(data: bytes, framing: Framing = Framing()) -> list:  # noqa: B008 (frozen)
    return list(make_renditions(BytesIO(data), digest=digest_of(data), framing=framing))


class RenditionsTests(SimpleTestCase):
    @settings(max_examples=200)
    @given(st.integers(1, 2000), st.integers(1, 2000), FRAMINGS)
    def test_sizes_are_exact_and_nothing_is_scaled_up(self, width, height, framing):
        for ratio, sizes in SIZES.items():
            box = framing.box((width, height), ratio)
            offered = sizes_of(ratio, box)
            self.assertTrue(offered)
            for own_width, own_height, formats in offered:
                self.assertLessEqual(own_width, box[2] - box[0])
                self.assertLessEqual(own_height, box[3] - box[1])
                self.assertIn("jpg", formats)
                if ratio != "full" and own_width in {size.width for size in sizes}:
                    across, down = RATIOS[ratio]
                    self.assertEqual(own_width * down, own_height * across)

    @settings(max_examples=15)
    @given(st.integers(1, 400), st.integers(1, 400), FRAMINGS)
    def test_files_have_the_sizes_they_are_listed_with(self, width, height, framing):
        data = picture_bytes((width, height))
        made = renditions(data, framing)
        self.assertEqual([file.data for file in made], [file.data for file in renditions(data, framing)])
        for file in made:
            picture = PillowImage.open(BytesIO(file.data))
            self.assertEqual(picture.size, (file.facts.width, file.facts.height))
            self.assertEqual(picture.get_format_mimetype(), file.facts.type)
            self.assertEqual(len(file.data), file.facts.bytes)
            self.assertTrue(1 <= file.facts.width <= width and 1 <= file.facts.height <= height)

    def test_all_ratios_and_types_are_there(self):
        found = {(file.facts.ratio, file.facts.type) for file in renditions(picture_bytes((640, 480)))}
        types = {"image/avif", "image/webp", "image/jpeg"}
        expected = {(ratio, kind) for ratio in ("full", "16:9", "4:3", "1:1") for kind in types}
        self.assertEqual(found, expected | {("1.91:1", "image/jpeg")})

    def test_card_of_social_networks_has_its_size(self):
        card = next(file for file in renditions(picture_bytes((1300, 900))) if file.facts.ratio == "1.91:1")
        self.assertEqual((card.facts.width, card.facts.height), (1200, 630))

    def test_names_tell_the_bytes(self):
        data = picture_bytes((640, 480))
        files = {file.facts.name: file.data for file in renditions(data)}
        moved = {file.facts.name: file.data for file in renditions(data, Framing((0.501, 0.5)))}
        nearly = {file.facts.name: file.data for file in renditions(data, Framing((0.504, 0.5)))}
        self.assertTrue(set(files) - set(moved))
        for name in set(files) & set(moved):
            self.assertEqual(files[name], moved[name])
        self.assertTrue(set(moved) - set(nearly))

    def test_names_do_not_tell_the_original(self):
        data = picture_bytes((640, 480))
        for file in renditions(data):
            self.assertNotIn(digest_of(data)[:12], file.facts.name)

    def test_large_photograph_may_be_decoded_smaller(self):
        data = picture_bytes((4000, 3000), kind="JPEG")
        widths = {file.facts.width for file in renditions(data) if file.facts.ratio == "full"}
        self.assertEqual(widths, {480, 960, 1600})

    def test_focal_point_decides_the_crop(self):
        square = next(
            file
            for file in renditions(picture_bytes((64, 192)), Framing((0.5, 0.0)))
            if (file.facts.ratio, file.facts.type) == ("1:1", "image/jpeg")
        )
        # The slope goes from black at the top to white at the foot.
        grey = PillowImage.open(BytesIO(square.data)).convert("L").resize((1, 1)).getpixel((0, 0))
        self.assertLess(grey, 80)

    def test_own_crop_decides_before_the_focal_point(self):
        framing = Framing((0.5, 0.9), {"1:1": OwnCrop(0.2, 0.8, 0.6)})
        box = framing.box((100, 300), "1:1")
        self.assertEqual(box, (20, 240, 80, 300))


class ListingTests(SimpleTestCase):
    def test_reads_what_it_wrote(self):
        facts = tuple(file.facts for file in renditions(picture_bytes((640, 480))))
        self.assertEqual(read_listing(write_listing(facts)), facts)
        self.assertEqual(len(write_listing(facts).splitlines()), len({(f.ratio, f.width) for f in facts}))

    def test_nothing_is_nothing(self):
        self.assertEqual(read_listing(write_listing(())), ())
