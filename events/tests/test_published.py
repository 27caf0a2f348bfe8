"""The demo newsroom as others read it: strict HTML, feeds for feed readers, structured data, light pages."""

import gzip
import json
import re
from datetime import datetime
from io import BytesIO, StringIO
from urllib.parse import urlsplit

import feedparser
import html5lib
from django.conf import settings
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from PIL import Image

from events.conf import conf
from events.models import Event
from events.tests.addresses_of import feeds

HTML = "{http://www.w3.org/1999/xhtml}"
# Bytes that a page may send, compressed, with its style sheets and scripts but without pictures.
MOST_BYTES, MOST_SCRIPT = 60_000, 10_000
STATIC = re.compile(r'"(/static/[^"]+\.(?:css|js))"')
STRUCTURED = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
RATIOS = {"16:9": 16 / 9, "4:3": 4 / 3, "1:1": 1.0}


def squeezed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


class PublishedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())
        cls.public = Event.objects.public(now=timezone.now())
        cls.events = [event.get_absolute_url() for event in cls.public]
        cls.pictured = [event.get_absolute_url() for event in cls.public.filter(cover__isnull=False)]
        dates = sorted({event.date for event in cls.public})
        cls.pages = [
            *("/", "/news/", "/contexts/", "/sources/", "/about/", "/api/", "/search/", "/search/?q=space"),
            *(f"/news/{day:%Y/%m/%d}/" for day in dates[:3]),
            *(f"/news/{day:%Y/%m}/" for day in dates[-3:]),
            *(f"/news/{year}/" for year in sorted({day.year for day in dates})),
            *("/contexts/covid-19-pandemic/", "/contexts/covid-19-pandemic+pfizer/", "/sources/bbc.com/"),
            *cls.events[::5],
        ]

    def get(self, path: str) -> bytes:
        answer = self.client.get(path.removeprefix(conf.SITE_URL))
        self.assertEqual(answer.status_code, 200, path)
        return answer.getvalue()

    def structured_data(self, path: str) -> list[dict]:
        return [json.loads(script) for script in STRUCTURED.findall(self.get(path).decode())]

    def test_every_page_is_strict_html(self):
        for path in self.pages:
            html5lib.HTMLParser(strict=True).parse(self.get(path))

    def test_pages_are_light(self):
        for path in self.pages:
            page = self.get(path)
            sent, scripts = squeezed(page), 0
            for address in STATIC.findall(page.decode()):
                file = settings.STATICFILES_DIRS[0] / address.removeprefix(settings.STATIC_URL)
                sent += squeezed(file.read_bytes())
                scripts += squeezed(file.read_bytes()) if file.suffix == ".js" else 0
            self.assertLess(sent, MOST_BYTES, path)
            self.assertLess(scripts, MOST_SCRIPT, path)

    def test_feeds_are_read_by_a_feed_reader(self):
        paths = ("/feeds/news", "/contexts/covid-19-pandemic/feed", "/sources/bbc.com/feed", "/search/feed")
        for path in paths:
            for address in feeds(path)[:2]:
                address += "?q=space" if path == "/search/feed" else ""
                answer = self.client.get(address)
                headers = {"content-type": answer["Content-Type"]}
                feed = feedparser.parse(BytesIO(answer.content), response_headers=headers)
                self.assertFalse(feed.bozo, f"{address}: {feed.get('bozo_exception')}")
                self.assertTrue(feed.entries)
                ids = [entry.id for entry in feed.entries]
                self.assertEqual(len(ids), len(set(ids)))
                for entry in feed.entries:
                    self.assertTrue(entry.title and entry.link.startswith(conf.SITE_URL))
                    self.assertTrue(entry.published_parsed or entry.updated_parsed)

    def test_enclosures_are_as_long_as_they_say(self):
        feed = feedparser.parse(BytesIO(self.get("/feeds/news.rss")))
        enclosures = [enclosure for entry in feed.entries for enclosure in entry.enclosures]
        self.assertTrue(enclosures)
        for enclosure in enclosures:
            self.assertEqual(len(self.get(enclosure.href)), int(enclosure.length), enclosure.href)

    def test_json_feed_keeps_to_its_specification(self):
        feed = json.loads(self.get("/feeds/news.json"))
        self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
        self.assertTrue(feed["title"] and feed["items"])
        self.assertEqual(feed["feed_url"], f"{conf.SITE_URL}/feeds/news.json")
        for item in feed["items"]:
            self.assertIsInstance(item["id"], str)
            self.assertTrue(item.get("content_html") or item.get("content_text"))
            self.assertIsNotNone(datetime.fromisoformat(item["date_published"]).tzinfo)
            for attachment in item.get("attachments", []):
                self.assertTrue(attachment["url"] and attachment["mime_type"])

    def test_every_entry_is_a_complete_news_article(self):
        for path in self.events:
            (article,) = [data for data in self.structured_data(path) if data["@type"] == "NewsArticle"]
            self.assertTrue(article["headline"] and article["author"]["name"], path)
            self.assertEqual(article["mainEntityOfPage"]["@id"], article["url"])
            for name in ("datePublished", "dateModified"):
                self.assertIsNotNone(datetime.fromisoformat(article[name]).tzinfo, path)
            self.assertTrue(article["publisher"]["logo"]["url"].startswith(conf.SITE_URL))
            self.assertEqual(len(article["image"]), len(RATIOS))

    def test_pictures_of_an_entry_have_the_three_ratios(self):
        for path in self.pictured[:3]:
            (article,) = [data for data in self.structured_data(path) if data["@type"] == "NewsArticle"]
            for image, ratio in zip(article["image"], RATIOS.values(), strict=True):
                size = Image.open(BytesIO(self.get(image["url"]))).size
                self.assertEqual(size, (image["width"], image["height"]))
                self.assertAlmostEqual(size[0] / size[1], ratio, delta=0.01)

    def test_cards_of_social_networks_are_complete(self):
        for path in ("/", "/contexts/", *self.pictured[:3], self.events[0]):
            metas = {
                node.get("property") or node.get("name"): node.get("content")
                for node in html5lib.parse(self.get(path)).iter(f"{HTML}meta")
            }
            for name in ("og:title", "og:description", "og:url", "og:image", "og:image:alt", "twitter:card"):
                self.assertTrue(metas.get(name), f"{path} {name}")
            picture = urlsplit(metas["og:image"]).path
            if picture.startswith(settings.MEDIA_URL):
                with Image.open(BytesIO(self.get(picture))) as image:
                    size = (int(metas["og:image:width"]), int(metas["og:image:height"]))
                    self.assertEqual(image.size, size)
