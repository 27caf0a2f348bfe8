"""Every kind of public page in a browser: accessible, self-contained, inside its sheet, usable by keys."""

from io import StringIO
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from events.models import Event
from events.tests.factories import make_event

AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# Nothing else changes with the colours of the dark.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
# What stands over the right edge of the sheet, as far as it can be seen.
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# From the content's beginning to the first hit: the fields of the form, with the parts of their dates.
MOST_STOPS = 20
NARROW, WIDE = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


@pytest.mark.browser
class PublicPagesTests(StaticLiveServerTestCase):
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
            self.complaints.append(message.text)

    def watch(self, request: Request) -> None:
        if not request.url.startswith(self.live_server_url):
            self.complaints.append(f"asked a third party: {request.url}")

    def addresses(self) -> dict[str, str]:
        """One address of each kind of page."""
        public = Event.objects.public(now=timezone.now())
        event = public.filter(cover__isnull=False, updated_at__isnull=False, language="en").latest("date")
        retracted = Event.objects.get(state=Event.State.RETRACTED)
        first, second = event.contexts.order_by("slug").values_list("slug", flat=True)[:2]
        return {
            "front": "/",
            "archive": "/news/",
            "year": f"/news/{event.date:%Y}/",
            "month": f"/news/{event.date:%Y/%m}/",
            "day": f"/news/{event.date:%Y/%m/%d}/",
            "day without events": "/news/1901/02/03/",
            "event": event.get_absolute_url(),
            "event written from right to left": public.get(language="ar").get_absolute_url(),
            "event in Chinese": public.filter(language__startswith="zh").first().get_absolute_url(),
            "retracted": retracted.get_absolute_url(),
            "contexts": "/contexts/",
            "context": f"/contexts/{first}/",
            "contexts together": f"/contexts/{first}+{second}/",
            "sources": "/sources/",
            "source": "/sources/bbc.com/",
            "search": "/search/?q=space",
            "search without an answer": "/search/?q=zzzzzz",
            "search with a problem": "/search/?q=space&from=2023-02-29",
            "about": "/about/",
            "api": "/api/",
            "not found": "/none/",
            "bad request": "/contexts/?before=nothing",
        }

    def assert_accessible(self, rules: dict) -> None:
        results = AXE.run(self.page, options=rules)
        self.assertEqual(results.violations_count, 0, results.generate_report())

    def assert_fits(self) -> None:
        self.assertEqual(self.page.evaluate(OVERFLOW), 0, "wider than the sheet")

    def test_every_kind_of_page(self):
        call_command("load_demo", stdout=StringIO())
        for name, address in self.addresses().items():
            with self.subTest(name):
                # Colours that are still on their way from light to dark have no contrast to be judged.
                self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
                self.page.set_viewport_size(NARROW)
                self.page.goto(self.live_server_url + quote(address, safe="/?=&+%"))
                self.assert_fits()
                self.assert_accessible(ALL_RULES)
                self.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
                self.assert_fits()
                self.page.evaluate("() => { document.documentElement.style.fontSize = '' }")
                self.page.set_viewport_size(WIDE)
                self.assert_fits()
                self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
                self.assert_accessible(CONTRAST)
        self.assertEqual(self.complaints, [])
        self.assertEqual(self.page.context.cookies(), [])

    def test_reading_by_keys_alone(self):
        make_event("The eclipse begins at noon")
        make_event("A bridge is opened")
        page, press = self.page, self.page.keyboard.press
        page.goto(self.live_server_url)
        for words in ("Skip to the content", "Skip to the search"):
            press("Tab")
            link = page.get_by_role("link", name=words)
            expect(link).to_be_focused()
            expect(link).to_be_in_viewport()
        press("Enter")
        field = page.get_by_role("searchbox", name="Search the chronicle")
        expect(field).to_be_focused()
        self.assertNotEqual(field.evaluate("field => getComputedStyle(field).outlineStyle"), "none")
        page.keyboard.type("eclipse")
        press("Enter")
        page.wait_for_url("**/search/?q=eclipse")
        press("Tab")
        press("Enter")
        result = page.get_by_role("link", name="The eclipse begins at noon")
        for _field in range(MOST_STOPS):
            press("Tab")
            if result.evaluate("link => link === document.activeElement"):
                break
        expect(result).to_be_focused()
        press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("The eclipse begins at noon")
        self.assertEqual(self.complaints, [])
