"""An editor's day in a browser: write an event, preview it, publish it, find it where readers do."""

import tempfile
from pathlib import Path

import pytest
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import modify_settings, override_settings
from playwright.sync_api import Page, expect

from events.models import Event
from events.tests.browser.one_at_a_time import TURN
from events.tests.factories import make_context, make_event, picture_bytes
from events.tests.workflow.test_permissions import make_user

HEADLINE = "The bridge over the Tay is opened to traffic"


@pytest.mark.browser
@override_settings(EVENTS_FETCH_SOURCES=0)
@modify_settings(MIDDLEWARE={"prepend": "events.tests.browser.one_at_a_time.one_at_a_time"})
class JourneyTests(StaticLiveServerTestCase):
    @pytest.fixture(autouse=True)
    def _browser(self, page: Page):
        self.page = page

    def setUp(self):
        self.editor = make_user("Editor")
        self.editor.set_password("correct horse battery")
        self.editor.save()
        make_context("Scotland", aliases=["Alba"])
        make_context("Bridges")
        self.blocked: list[str] = []
        self.page.on("console", self.listen)
        # The preview is closed at first on a window as narrow as this. With SQLite in memory all threads of
        # the test's server share one connection, so that a preview must not run beside another request.
        self.page.set_viewport_size({"width": 900, "height": 1200})
        # Nor must suggestions of contexts, which have a test of their own.
        self.page.route("**/contexts/", lambda route: route.fulfill(json={"named": [], "together": []}))

    def listen(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.blocked.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.live_server_url + path)

    def log_in(self) -> None:
        self.page.get_by_label("Username").fill(self.editor.username)
        self.page.get_by_label("Password").fill("correct horse battery")
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def write(self) -> None:
        self.page.get_by_label("Headline", exact=False).first.fill(HEADLINE)
        self.page.get_by_label("Event day:").fill("2024-05-01")
        self.page.get_by_label("Summary:").fill("A **new** bridge.")

    def add_context(self, typed: str, option: str) -> None:
        field = self.page.get_by_role("combobox", name="Find a context")
        field.press_sequentially(typed)
        expect(self.page.get_by_role("option", name=option)).to_be_visible()
        field.press("ArrowDown")
        field.press("Enter")
        expect(field).to_have_value("")

    def test_from_login_to_the_feed(self):
        page = self.page
        self.go("/admin/events/event/add/")
        self.log_in()
        self.write()
        self.add_context("alb", "Scotland (Alba)")
        self.add_context("bri", "Bridges")
        self.add_context("River Tay", "New context: River Tay")
        page.get_by_role("button", name="Move up: + River Tay").click()

        page.locator("#id_citations-0-label").fill("Reuters")
        page.locator("#id_citations-0-url").fill("https://www.reuters.com/bridge")
        page.get_by_role("button", name="Add another Citation").click()
        page.locator("#id_citations-1-label").fill("AFP via Yahoo! News")
        page.locator("#id_citations-1-url").fill("https://news.yahoo.com/bridge")
        page.locator("#id_citations-1-label").blur()
        page.locator("#citations-1 .row-moves button").first.click()

        with tempfile.TemporaryDirectory() as folder:
            picture = Path(folder) / "bridge.png"
            picture.write_bytes(picture_bytes((640, 400)))
            page.get_by_label("Upload a picture").set_input_files(picture)
            page.get_by_label("Alternative text").fill("A bridge in fog")
            page.get_by_label("Credit:").fill("Ada Reed")
            page.get_by_label("Licence:").select_option("CC-BY-4.0")

            panel = page.locator("details.preview > summary")
            panel.click()
            preview = page.frame_locator("live-preview iframe")
            expect(preview.get_by_role("heading", name=HEADLINE)).to_be_visible()
            page.get_by_label("Show as").select_option("feed-rss")
            expect(preview.locator("body > pre")).to_contain_text("<rss")
            panel.click()
            with TURN:
                self.assertFalse(Event.objects.exists())

            page.get_by_role("button", name="Publish now").click()
            expect(page.locator(".messagelist .success")).to_be_visible()

        event = Event.objects.get()
        self.assertEqual([row.tag.name for row in event.taggings.all()], ["Scotland", "River Tay", "Bridges"])
        self.assertEqual([c.label for c in event.citations.all()], ["AFP via Yahoo! News", "Reuters"])
        self.assertTrue(event.cover.renditions)

        self.go("/news/2024/05/01/")
        expect(page.get_by_role("link", name=HEADLINE)).to_be_visible()
        feed = page.request.get(f"{self.live_server_url}/feeds/news.rss").text()
        self.assertIn(HEADLINE, feed)
        self.assertIn("<enclosure", feed)
        self.assertEqual(self.blocked, [])

    def test_expired_session_loses_nothing(self):
        page = self.page
        self.go("/admin/events/event/add/")
        self.log_in()
        self.write()
        page.locator("#id_citations-0-label").fill("Reuters")
        page.context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_role("heading", name="Your session has ended")).to_be_visible()
        self.assertFalse(Event.objects.exists())
        page.get_by_label("Username").fill(self.editor.username)
        page.get_by_label("Password").fill("correct horse battery")
        page.get_by_role("button", name="Log in and save").click()
        expect(page.locator(".messagelist .success")).to_be_visible()
        event = Event.objects.get()
        self.assertEqual(event.headline, HEADLINE)
        self.assertEqual([citation.label for citation in event.citations.all()], ["Reuters"])

    def test_two_editors_and_one_entry(self):
        event = make_event("The bridge is open", state="draft")
        page = self.page
        self.go(f"/admin/events/event/{event.pk}/change/")
        self.log_in()
        page.locator("#id_headline").fill("My headline")
        Event.objects.filter(pk=event.pk).update(headline="Their headline", version=2)
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_role("heading", name="Somebody saved before you")).to_be_visible()
        page.get_by_label("Mine").check()
        page.get_by_role("button", name="Go on editing with it").click()
        expect(page.locator("#id_headline")).to_have_value("My headline")
        page.get_by_role("button", name="Save draft").click()
        expect(page.locator(".messagelist .success")).to_be_visible()
        self.assertEqual(Event.objects.get().headline, "My headline")
