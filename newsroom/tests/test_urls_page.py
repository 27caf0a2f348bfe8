"""Holds docs/reference/urls.md to the code, both ways."""

import re
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.test import SimpleTestCase, TestCase
from django.urls import Resolver404, URLResolver, get_resolver, resolve

from events.outputs import FORMATS
from events.tests.factories import make_event

PAGE = (settings.BASE_DIR / "docs" / "reference" / "urls.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(/[^`]*)` \|(.*)$", re.MULTILINE)
SAMPLES = {"<slug>": "homs", "<id>": "0123456789ab", "<host>": "bbc.com", "<name>": "covers/a"}
# Served before any view is asked, and by a site of its own.
NOT_OURS = ("/static/", "/admin/")
FORMER = "events:former"


def section(name: str) -> str:
    """The text under a heading of the page."""
    return PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def addresses(text: str) -> Iterator[str]:
    """The addresses of a section's tables, with samples in the place of parts that differ."""
    for address, _rest in ROW.findall(text):
        for part, sample in SAMPLES.items():
            address = address.replace(part, sample)
        if not address.startswith(NOT_OURS):
            yield address


def documented() -> Iterator[str]:
    for page in addresses(section("Pages")):
        yield page
        yield f"{page}index.html"
        yield from (f"{page}index.{output.extension}" for output in FORMATS)
    for name in ("Frames", "Entries", "Feeds", "For machines"):
        yield from addresses(section(name))


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every pattern of ours, as `resolve` names it."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if f"/{route}".startswith(NOT_OURS):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


class URLsPageTests(SimpleTestCase):
    def test_every_address_resolves(self):
        for address in documented():
            with self.subTest(address):
                try:
                    found = resolve(address)
                except Resolver404:
                    self.fail(f"{address} does not resolve")
                self.assertNotEqual(found.view_name, FORMER)

    def test_every_pattern_is_described(self):
        described = {resolve(address).route for address in documented()}
        former = resolve("/no/page/of/ours").route
        self.assertEqual(set(routes(get_resolver())) - described, {former})


class AnswersTests(TestCase):
    def test_answers_are_as_described(self):
        make_event(
            "Bridge opened",
            date=date(2016, 2, 21),
            contexts=["Homs"],
            sources=[("Example", "https://example.com/bridge")],
        )
        rows = ROW.findall(section("Answers"))
        self.assertGreater(len(rows), 20)
        for address, rest in rows:
            with self.subTest(address):
                status = int(rest.split("|")[0])
                self.assertEqual(self.client.get(address, headers={"host": "localhost"}).status_code, status)
