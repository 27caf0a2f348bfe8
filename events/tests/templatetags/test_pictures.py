from django.test import SimpleTestCase

from events.templatetags import pictures
from events.tests.documents import make_bare_event, make_cover, make_event, make_rendition


class PictureTests(SimpleTestCase):
    def test_modern_types_first_and_plain_picture_last(self):
        html = pictures.picture(make_cover(), "16:9", "50vw")
        self.assertLess(html.index("image/avif"), html.index("<img"))
        self.assertIn('src="/media/covers/harbour-16x9-640.jpeg"', html)
        self.assertIn('width="640" height="360" alt="Cranes over an empty quay"', html)
        self.assertIn('loading="lazy"', html)

    def test_missing_ratio_falls_back_to_the_whole_picture(self):
        self.assertIn('width="1280" height="960"', pictures.picture(make_cover(), "4:3", "50vw"))
        self.assertEqual(pictures.picture(make_cover(renditions=()), "4:3", "50vw"), "")

    def test_first_picture_is_not_lazy(self):
        html = pictures.picture(make_cover(is_decorative=True), "full", "50vw", is_first=True)
        self.assertNotIn("lazy", html)
        self.assertIn('alt=""', html)

    def test_place_has_the_colours_of_the_picture(self):
        cover = make_cover(placeholder="123456789abcdef012")
        self.assertEqual(pictures.picture(cover, "full", "50vw", is_first=True).count("<path"), 6)
        small = pictures.picture(cover, "16:9", "50vw")
        self.assertEqual(small.count("<path"), 1)
        self.assertIn('fill="#456"', small)
        self.assertNotIn("style=", small)

    def test_same_colours_do_not_make_the_same_picture(self):
        """The cache looks beyond the hash, which leaves the renditions out."""
        one, other = (make_cover(renditions=(make_rendition("full", width, 300),)) for width in (400, 500))
        self.assertEqual(hash(one), hash(other))
        self.assertIn('width="400"', pictures.picture(one, "full", "50vw"))
        self.assertIn('width="500"', pictures.picture(other, "full", "50vw"))


class ShareImageTests(SimpleTestCase):
    def test_largest_picture_of_the_cover_is_shared(self):
        self.assertEqual(pictures.share_image(make_event())["width"], 1280)

    def test_own_picture_where_there_is_no_cover(self):
        self.assertTrue(pictures.share_image(make_bare_event())["url"].endswith("img/share-16x9.png"))

    def test_card_of_the_cover_goes_first(self):
        card = make_rendition("1.91:1", 1200, 630)
        event = make_event(cover=make_cover(renditions=(card, make_rendition("full", 1600, 1200))))
        shared = pictures.share_image(event)
        self.assertEqual((shared["width"], shared["height"], shared["url"]), (1200, 630, card.url))
