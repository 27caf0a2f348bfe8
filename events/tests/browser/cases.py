"""What every test of pages in a browser asks: are they accessible, self-contained, inside their sheet?"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import modify_settings
from playwright.sync_api import ConsoleMessage, Page, Request

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Without preloading, for which axe would write styles into the page: our policy forbids it, and says so.
QUIETLY = {"resultTypes": ["violations"], "preload": False}
ALL_RULES = QUIETLY | {"runOnly": {"type": "tag", "values": TAGS}}
# Nothing else changes with the colours of the dark.
CONTRAST = QUIETLY | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# What stands over the right edge of the sheet, as far as it can be seen.
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
NARROW, WIDE = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


def axe(page: Page, rules: dict, part: str = "html") -> AxeResults:
    """What axe finds in a part of the page. Its half a megabyte of script is read once a document."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return AxeResults(page.evaluate("([part, rules]) => axe.run(part, rules)", [part, rules]))


@pytest.mark.browser
@modify_settings(MIDDLEWARE={"prepend": "events.tests.browser.one_at_a_time.one_at_a_time"})
class BrowserTestCase(StaticLiveServerTestCase):
    """A page of Chromium, whose complaints and requests to others are collected."""

    @pytest.fixture(autouse=True)
    def _browser(self, page: Page):
        self.page = page

    def setUp(self):
        self.complaints: list[str] = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self.watch)

    def hear(self, message: ConsoleMessage) -> None:
        # An error page is announced as a resource that failed; all else is ours to answer for.
        if message.type in ("error", "warning") and message.location["url"] != self.page.url:
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def watch(self, request: Request) -> None:
        if not request.url.startswith((self.live_server_url, "blob:", "data:")):
            self.complaints.append(f"asked a third party: {request.url}")

    def colours(self, scheme: str) -> None:
        # Colours that are still on their way from light to dark have no contrast to be judged.
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    def assert_accessible(self, rules: dict) -> None:
        results = axe(self.page, rules)
        self.assertEqual(results.violations_count, 0, results.generate_report())

    def assert_fits(self) -> None:
        self.assertEqual(self.page.evaluate(OVERFLOW), 0, "wider than the sheet")
