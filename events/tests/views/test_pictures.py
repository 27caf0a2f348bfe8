"""Every picture that a page, format or feed names is there, as large and as long as is said of it."""

import re
from io import BytesIO
from xml.etree import ElementTree

import html5lib
from django.core.cache import cache
from django.test import TestCase
from PIL import Image as PillowImage

from events.tests.factories import DAY, make_cover, make_event, picture_bytes

MEDIA = re.compile(r"/media/[\w./-]+")
MEDIA_RSS = "{http://search.yahoo.com/mrss/}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class PicturesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.events = [
            make_event(
                f"Event {number}",
                cover=make_cover(picture_bytes((1300 + number, 900)), alt=f"Slope “{number}” & <more>"),
            )
            for number in range(3)
        ]
        cls.page = cls.events[0].get_absolute_url()

    def setUp(self):
        cache.clear()

    def read(self, path: str) -> bytes:
        response = self.client.get(path)
        self.assertEqual(response.status_code, 200, path)
        return b"".join(response) if response.streaming else response.content

    def picture(self, path: str) -> PillowImage.Image:
        return PillowImage.open(BytesIO(self.read(path)))

    def test_every_linked_file_exists(self):
        day = f"/news/{DAY:%Y/%m/%d}/"
        event = self.page.removesuffix("/")
        pages = (self.page, day, "/", f"{event}.json", f"{event}.xml", f"{event}.md", f"{day}index.json")
        for path in (*pages, "/feeds/news.rss", "/feeds/news.atom", "/feeds/news.json"):
            found = set(MEDIA.findall(self.read(path).decode()))
            with self.subTest(path):
                self.assertTrue(found)
                for address in found:
                    self.picture(address)

    def test_pictures_of_pages_have_size_and_words_and_come_in_every_format(self):
        for path in (self.page, f"/news/{DAY:%Y/%m/%d}/"):
            tree = html5lib.parse(self.read(path).decode())
            images = tree.findall(f".//{XHTML}picture/{XHTML}img")
            self.assertTrue(images)
            for image in images:
                shown = self.picture(image.get("src"))
                self.assertEqual((image.get("width"), image.get("height")), tuple(map(str, shown.size)))
                self.assertRegex(image.get("alt"), "^Slope “[0-9]” & <more>$")
                for candidate in image.get("srcset").split(", "):
                    address, width = candidate.split(" ")
                    self.assertEqual(f"{self.picture(address).width}w", width)
            types = [source.get("type") for source in tree.findall(f".//{XHTML}picture/{XHTML}source")]
            self.assertEqual(types, ["image/avif", "image/webp"] * len(images))

    def test_lead_picture_first_and_the_rest_when_it_comes_near(self):
        page, day = self.read(self.page).decode(), self.read(f"/news/{DAY:%Y/%m/%d}/").decode()
        self.assertEqual(page.count('fetchpriority="high"'), 1)
        self.assertEqual((day.count('loading="lazy"'), day.count("fetchpriority")), (3, 0))

    def test_feeds_tell_the_true_length(self):
        item = ElementTree.fromstring(self.read("/feeds/news.rss")).find(".//item")  # noqa: S314 (our own)
        for element, length in (("enclosure", "length"), (f"{MEDIA_RSS}content", "fileSize")):
            found = item.find(element)
            data = self.read("/media/" + found.get("url").partition("/media/")[2])
            self.assertEqual(int(found.get(length)), len(data))
            self.assertEqual(found.get("type"), PillowImage.open(BytesIO(data)).get_format_mimetype())
        media = item.find(f"{MEDIA_RSS}content")
        self.assertEqual(media.find(f"{MEDIA_RSS}credit").text, "The newsroom")

    def test_shared_card_is_cut_for_social_networks(self):
        html = self.read(self.page).decode()
        address = html.partition('property="og:image" content="')[2].partition('"')[0]
        self.assertEqual(self.picture("/media/" + address.partition("/media/")[2]).size, (1200, 630))
