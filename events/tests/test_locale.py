"""Simplified Chinese is complete: every string is translated, and a Chinese site shows no English word."""

import gettext
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from html.parser import HTMLParser

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, SimpleTestCase, TestCase, override_settings
from django.utils import translation

from events.dates import format_day
from events.outputs import ENTRY_FORMATS, FEEDS
from events.tests.catalogue import Message, read_catalogue, strings_in_python, strings_in_template
from events.tests.factories import (
    make_article,
    make_context,
    make_cover,
    make_event,
    make_profile,
    retract,
)

FOLDER = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|%%")
TAG = re.compile(r"<[^>]+>")


def strings() -> set[Message]:
    """Every string of the project that goes through gettext."""
    found: set[Message] = set()
    for package in ("events", "newsroom"):
        for file in (settings.BASE_DIR / package).rglob("*.py"):
            if "tests" not in file.parts:
                found.update(strings_in_python(file.read_text(encoding="utf-8")))
    for file in (settings.BASE_DIR / "templates").rglob("*.html"):
        found.update(strings_in_template(file.read_text(encoding="utf-8")))
    return found


class CatalogueTests(SimpleTestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.catalogue = read_catalogue(FOLDER / "django.po")

    def test_holds_every_string_and_no_other(self) -> None:
        # Those of one number and of several are one entry, whichever way they are asked for.
        used = {(message.context, message.text) for message in strings()}
        held = {(message.context, message.text) for message in self.catalogue}
        self.assertGreater(len(used), 500)
        self.assertEqual(sorted(used - held), [], "not in the catalogue: run makemessages")
        self.assertEqual(sorted(held - used), [], "used nowhere: run makemessages")

    def test_every_string_is_translated(self) -> None:
        self.assertEqual([m for m, texts in self.catalogue.items() if not texts or not all(texts)], [])

    def test_placeholders_and_tags_agree(self) -> None:
        for message, texts in self.catalogue.items():
            for text in texts:
                with self.subTest(message.text):
                    for pattern in (PLACEHOLDER, TAG):
                        self.assertEqual(sorted(pattern.findall(text)), sorted(pattern.findall(message.text)))

    def test_compiled_catalogue_is_the_same(self) -> None:
        with (FOLDER / "django.mo").open("rb") as file:
            compiled = gettext.GNUTranslations(file)
        for message, texts in self.catalogue.items():
            key = f"{message.context}\x04{message.text}" if message.context else message.text
            self.assertEqual(compiled._catalog.get((key, 0) if message.plural else key), texts[0])
        self.assertEqual(len(compiled._catalog) - 1, len(self.catalogue))


class FindingStringsTests(SimpleTestCase):
    """The tests above can fail."""

    def test_calls_are_found(self) -> None:
        found = set(strings_in_python('_("a"); pgettext("b", "c"); ngettext("d", "e", 2)'))
        self.assertEqual(found, {Message("a"), Message("c", "b"), Message("d", plural="e")})

    def test_calls_that_xgettext_misses_are_refused(self) -> None:
        for source in ("f\"{_('a')}\"", "_(name)"):
            with self.assertRaises(AssertionError):
                list(strings_in_python(source))

    def test_tags_are_found(self) -> None:
        source = (
            '{% load i18n %}{% translate \'It’s a\' %}{% translate "b" context "c" %}'
            "{% blocktranslate count n=1 %}d{% plural %}e{% endblocktranslate %}"
        )
        found = {(message.context, message.text) for message in strings_in_template(source)}
        self.assertEqual(found, {("", "It’s a"), ("c", "b"), ("", "d")})


class DatesTests(SimpleTestCase):
    def test_dates_are_written_as_in_chinese_papers(self) -> None:
        first = date(2016, 2, 21)
        with translation.override("zh-hans"):
            self.assertEqual(format_day(first), "2016年2月21日")
            self.assertEqual(format_day(first, "month"), "2016年2月")
            self.assertEqual(format_day(first, "year"), "2016年")
            self.assertEqual(format_day(first, end=date(2016, 2, 23)), "2016年2月21日至23日")
            self.assertEqual(format_day(first, end=date(2016, 3, 2)), "2016年2月21日至3月2日")
            self.assertEqual(format_day(first, end=date(2017, 1, 2)), "2016年2月21日至2017年1月2日")
            self.assertEqual(format_day(first, "month", end=date(2016, 3, 2)), "2016年2月至3月")


class Words(HTMLParser):
    """Collects what a reader sees, hears or hovers over, without code, addresses and foreign quotations."""

    SILENT = {"script", "style", "code", "pre", "textarea"}
    SPOKEN = ("alt", "title", "aria-label", "placeholder", "content", "value")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        values = dict(attrs)
        is_named = tag == "meta" and (values.get("name") == "description")
        for name in self.SPOKEN:
            # Of all that has a value or content, only buttons and the description are words.
            if (name == "content" and not is_named) or (name == "value" and values.get("type") != "submit"):
                continue
            self.found.append(values.get(name) or "")
        # A word of small letters there is a key, the rest are words for scripts to show.
        data = (value or "" for name, value in attrs if name.startswith("data-"))
        self.found.extend(value for value in data if not value.islower() or " " in value)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


# Longest first, so that "JSON" does not leave "-LD" behind.
FORMAT_NAMES = "|".join(sorted((output.title for output in (*ENTRY_FORMATS, *FEEDS)), key=len, reverse=True))
# What is the same in Chinese: addresses, time zones, and names of formats, licences and programs.
NAMES = re.compile(
    r"https?://\S+|[\w-]+(?:\.[\w-]+)+|/\S+|Asia/\w+|CC BY-SA|"
    rf"(?<![A-Za-z])(?:{FORMAT_NAMES}|BibTeX|Cookie|Dayline|RFC|Schema|UTC|WebSub|Wikipedia)(?![A-Za-z])",
    re.ASCII,
)
WORD = re.compile(r"[A-Za-z]{2,}")


def pieces(html: str) -> Iterator[str]:
    words = Words()
    words.feed(html)
    return (" ".join(text.split()) for text in words.found)


def english_words(html: str) -> Iterator[str]:
    """The pieces of a page in which Latin words are left."""
    return (piece for piece in pieces(html) if WORD.search(NAMES.sub(" ", piece)))


@override_settings(
    LANGUAGE_CODE="zh-hans", EVENTS_SITE_URL="https://example.org", EVENTS_LICENCE="CC-BY-SA-4.0"
)
class ChineseSiteTests(TestCase):
    """A newsroom whose entries are Chinese, so that every Latin word is one of the interface."""

    @classmethod
    def setUpTestData(cls) -> None:
        with translation.override("zh-hans"):
            parent = make_context("中东", kind="place")
            cls.city = city = make_context(
                "霍姆斯", kind="place", parents=[parent], aliases=["侯姆斯"], description="一座城市。"
            )
            talks = make_context("和谈", kind="story")
            cover = make_cover(alt="一座桥", caption="桥已通车", credit="本报", licence="CC-BY-SA-4.0")
            cls.event = make_event(
                "大桥通车",
                date=date(2016, 2, 21),
                time=time(14, 30),
                time_zone="Asia/Damascus",
                summary="历时三年。",
                body="## 经过\n\n剪彩之后车辆通行。",
                category="灾难与事故",
                contexts=[city, talks],
                sources=[("新华社", "https://example.com/a"), ("法新社", "https://example.com/b")],
                cover=cover,
                updated_at=datetime(2024, 5, 3, tzinfo=UTC),
            )
            cls.event.citations.update(
                agency="法新社",
                carrier="新华社",
                is_paywalled=True,
                accessed_on=date(2016, 2, 22),
                published_on=date(2016, 2, 21),
            )
            make_event("谈判开始", date=date(2016, 2, 20), contexts=[city, talks], is_incomplete=True)
            make_event("谈判结束", date=date(2016, 3, 1), end_date=date(2016, 3, 4), contexts=[city])
            cls.retracted = make_event("误报", date=date(2016, 2, 22))
            retract(cls.retracted, "报道有误。")
            cls.article = make_article(
                "大桥之后",
                date=date(2016, 2, 24),
                deck="两座城市。",
                body="正文。[^1]\n\n[^1]: [新华社](https://example.com/)",
                section="城市",
                label="突发",
                agencies="法新社\n路透社\n新华社",
                contexts=[city],
                events=[cls.event],
                by_profiles=[make_profile("编辑部", slug="编辑部", kind="organisation", text="本报。")],
                notes=[("correction", "桥长三百米。")],
            )

    def setUp(self) -> None:
        translation.activate("zh-hans")
        self.addCleanup(translation.activate, "en")

    def assert_chinese(self, address: str, *, status: int = 200) -> None:
        with self.subTest(address):
            response = self.client.get(address, headers={"host": "localhost"})
            self.assertEqual(response.status_code, status)
            html = response.content.decode()
            self.assertIn('lang="zh-hans"', html.lower())
            self.assertEqual(list(english_words(html)), [])

    def test_every_kind_of_page(self) -> None:
        for address in (
            "/", "/news/", "/news/2016/", "/news/2016/02/", "/news/2016/02/21/", "/news/2016/02/25/",
            self.event.get_absolute_url(), "/contexts/", "/contexts/?kind=place", "/contexts/霍姆斯/",
            "/contexts/中东/", "/contexts/霍姆斯+和谈/", "/sources/", "/sources/example.com/", "/search/",
            "/search/?q=大桥", "/search/?q=没有", "/about/", "/api/",
            self.article.get_absolute_url(), "/opinion/", "/opinion/2016/02/", "/profiles/",
            "/profiles/编辑部/",
        ):  # fmt: skip
            self.assert_chinese(address)

    def test_every_page_of_an_error(self) -> None:
        for address, status in (
            ("/search/?from=2016-02-30", 400), ("/contexts/?before=1", 400), ("/news/2016/02/30/", 404),
            ("/contexts/1/", 404), ("/sources/1/", 404), (self.retracted.get_absolute_url(), 410),
        ):  # fmt: skip
            self.assert_chinese(address, status=status)

    def test_markdown_carries_the_labels_of_the_context(self) -> None:
        text = self.client.get(self.event.get_absolute_url().rstrip("/") + ".md").content.decode()
        for label in ("### 正文:", "### 信息来源:", "### 有关:", "[封面图片](", "_消息: "):
            self.assertIn(label, text)

    def test_feeds_speak_chinese(self) -> None:
        text = self.client.get("/feeds/news.rss").content.decode()
        self.assertIn("信息来源", text)
        self.assertIn("脉络：", text)

    def test_today_has_its_name(self) -> None:
        make_event("此刻", date=datetime.now(UTC).date(), publish_at=datetime(2024, 5, 2, tzinfo=UTC))
        self.assertIn("今天", self.client.get("/").content.decode())

    def test_calendar_names_weekdays_by_one_sign(self) -> None:
        html = self.client.get("/news/2016/02/").content.decode()
        self.assertEqual(re.findall(r'<th scope="col">(.*?)</th>', html)[:7], list("一二三四五六日"))

    def test_newsroom(self) -> None:
        """Of the admin only our own strings: Django and its apps have a few without a translation."""
        catalogue = read_catalogue(FOLDER / "django.po")
        english = {message.text for message, texts in catalogue.items() if message.text not in texts}
        client = Client()
        client.force_login(User.objects.create_superuser("editor", password="x"))
        addresses = [
            f"/admin/events/{model}/" for model in ("event", "context", "publisher", "image", "importrun")
        ]
        for address in (
            "/admin/", *addresses, *(f"{address}add/" for address in addresses if "publisher" not in address),
            f"/admin/events/event/{self.event.pk}/change/", f"/admin/events/context/{self.city.pk}/change/",
        ):  # fmt: skip
            with self.subTest(address):
                response = client.get(address, headers={"host": "localhost"})
                self.assertEqual(response.status_code, 200)
                self.assertEqual(english.intersection(pieces(response.content.decode())), set())
