"""Every public template rendered from documents: strict HTML, one h1, nothing that the CSP forbids."""

import gzip
import json
import re
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import html5lib
from django.conf import settings
from django.template import engines
from django.template.base import Lexer, TokenType
from django.template.library import import_library
from django.template.loader import render_to_string
from django.test import SimpleTestCase

from events.documents.site import current_site
from events.documents.types import (
    Calendar,
    CalendarDay,
    ContextRef,
    Link,
    ListPage,
    PublisherRef,
    RetractionDocument,
)
from events.tests.documents import (
    LIST_PAGES,
    make_bare_event,
    make_cover,
    make_event,
    make_event_page,
    make_page,
    make_ref,
    make_section,
)

HTML = "{http://www.w3.org/1999/xhtml}"


def make_calendar() -> Calendar:
    week = tuple(CalendarDay(date(2024, 2, day), True, day % 3, day == 7) for day in range(5, 12))
    title = Link("/news/2024/01/", "January 2024")
    return Calendar(date(2024, 2, 1), "February 2024", ("M", "T", "W", "T", "F", "S", "S"), (week,), title)


def make_list(kind: str, path: str, **parts) -> ListPage:
    return ListPage(make_page(kind, kind.title(), path, breadcrumbs=(Link("/", "Today"),)), **parts)


DOCUMENTS = {
    **{kind: make() for kind, make in LIST_PAGES.items()},
    "event": make_event_page(),
    "year": make_list("year", "/news/2024/", calendars=(make_calendar(),), count=3),
    "month": make_list("month", "/news/2024/02/", calendars=(make_calendar(),), sections=(make_section(),)),
    "context_list": make_list("context_list", "/contexts/", contexts=(ContextRef("A", "a", "topic", 3),)),
    "source_list": make_list("source_list", "/sources/", publishers=(PublisherRef("bbc.com", "BBC", 3),)),
    "source": make_list("source", "/sources/bbc.com/", publisher=PublisherRef("bbc.com", "BBC"), count=1),
    "about": make_list("about", "/about/"),
    "api": make_list("api", "/api/"),
    "retracted": RetractionDocument(
        make_page("event", "Gone", "/news/2024/02/29/gone/"),
        date(2024, 2, 29),
        "The agency <withdrew> its report.",
        datetime(2024, 3, 1, tzinfo=UTC),
    ),
}


class PageTests(SimpleTestCase):
    def render(self, kind, document=None):
        document = document or DOCUMENTS[kind]
        return render_to_string(f"events/{kind}.html", {"document": document, "site": current_site()})

    def parse(self, html):
        return html5lib.HTMLParser(strict=True).parse(html)

    def elements(self, html, name):
        return list(self.parse(html).iter(f"{HTML}{name}"))

    def assert_sound(self, html):
        tree = self.parse(html)
        self.assertEqual(len(list(tree.iter(f"{HTML}h1"))), 1)
        self.assertEqual(len(list(tree.iter(f"{HTML}main"))), 1)
        ids = [node.get("id") for node in tree.iter() if node.get("id")]
        self.assertEqual(len(ids), len(set(ids)))
        for node in tree.iter():
            for attribute in node.attrib:
                self.assertNotIn("style", attribute)
                self.assertFalse(attribute.startswith("on"), attribute)
        for script in tree.iter(f"{HTML}script"):
            self.assertTrue(script.get("src") or script.get("type") == "application/ld+json")
        levels = [int(node.tag[-1]) for node in tree.iter() if re.fullmatch(f"{HTML}h[1-6]", str(node.tag))]
        for before, after in pairwise(levels):
            self.assertLessEqual(after, before + 1, levels)

    def test_pages_are_sound(self):
        for kind in DOCUMENTS:
            with self.subTest(kind):
                self.assert_sound(self.render(kind))

    def test_pages_without_matter_are_sound(self):
        for kind in ("front", "archive", "year", "month", "context", "source_list", "context_list"):
            with self.subTest(kind):
                self.assert_sound(self.render(kind, make_list(kind, "/")))

    def test_day_without_events_says_so(self):
        html = self.render("day", make_list("day", "/news/2024/02/28/", date=date(2024, 2, 28)))
        self.assert_sound(html)
        self.assertIn("No event has been entered for this day", html)

    def test_pages_are_light(self):
        for kind in DOCUMENTS:
            with self.subTest(kind):
                self.assertLess(len(gzip.compress(self.render(kind).encode())), 20_000)

    def test_structured_data_parses(self):
        for kind in set(DOCUMENTS) - {"retracted"}:
            with self.subTest(kind):
                scripts = [s for s in self.elements(self.render(kind), "script") if not s.get("src")]
                self.assertTrue(scripts)
                for script in scripts:
                    self.assertEqual(json.loads(script.text)["@context"], "https://schema.org")

    def test_other_formats_and_feeds_are_linked(self):
        links = self.elements(self.render("event"), "link")
        types = {link.get("type") for link in links if link.get("rel") == "alternate"}
        self.assertLessEqual({"text/markdown", "application/json", "application/atom+xml"}, types)

    def test_error_pages_are_sound(self):
        for status in (400, 403, 404, 410):
            with self.subTest(status):
                html = render_to_string(f"{status}.html", {"site": current_site(), "problem": "No <day>."})
                self.assert_sound(html)
                self.assertIn("No &lt;day&gt;.", html)

    def test_server_error_needs_no_context(self):
        self.assert_sound(render_to_string("500.html"))

    def test_retraction_shows_the_notice(self):
        self.assertIn("The agency &lt;withdrew&gt; its report.", self.render("retracted"))


class EventPageTests(SimpleTestCase):
    def render(self, event):
        context = {"document": make_event_page(event), "site": current_site()}
        return render_to_string("events/event.html", context)

    def test_text_has_its_language_and_direction(self):
        ref = make_ref(language="ar", direction="rtl", headline="الميناء يفتح أبوابه")
        html = self.render(make_event(ref=ref))
        self.assertRegex(html, r'<h1 class="headline" lang="ar" dir="rtl">الميناء يفتح أبوابه</h1>')

    def test_four_dates_are_labelled(self):
        html = self.render(make_event())
        for label in ("Event day", "First published", "Updated", "Edited"):
            self.assertIn(f"<dt>{label}</dt>", html)

    def test_unchanged_entry_has_no_updated_date(self):
        self.assertNotIn("<dt>Updated</dt>", self.render(make_bare_event()))

    def test_agency_and_carrier_are_both_named(self):
        self.assertIn("AFP, carried by Example News", self.render(make_event()))

    def test_linked_cover_is_listed_and_stored_cover_shown(self):
        linked = self.render(make_event(cover=make_cover(renditions=())))
        self.assertIn('href="https://images.example.com/harbour.jpg">Cover image</a>', linked)
        self.assertNotIn("<figure", linked)
        self.assertIn("<figure", self.render(make_event()))

    def test_related_entries_say_what_is_shared(self):
        html = self.render(make_event())
        self.assertIn("Dockers’ Union, Harbour strike, Ports &amp; harbours", html)
        self.assertIn("earlier", html)

    def test_incomplete_entry_says_so(self):
        self.assertIn("Incomplete entry", self.render(make_bare_event()))
        self.assertNotIn("Incomplete entry", self.render(make_event()))


class LoadTests(SimpleTestCase):
    def test_every_library_that_a_template_loads_is_used_there(self):
        libraries = {name: import_library(path) for name, path in engines["django"].engine.libraries.items()}
        for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
            loads, used = [], set()
            for token in Lexer(path.read_text()).tokenize():
                if token.token_type == TokenType.BLOCK:
                    word, *names = token.contents.split()
                    loads += names if word == "load" else []
                    used.add(word)
                if token.token_type != TokenType.TEXT:
                    used.update(re.findall(r"\|(\w+)", token.contents))
            for name in loads:
                with self.subTest(f"{path.name}: {name}"):
                    self.assertTrue(used & {*libraries[name].tags, *libraries[name].filters})
