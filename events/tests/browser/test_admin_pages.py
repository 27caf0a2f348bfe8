"""Every kind of page of the desk in a browser: accessible in light and dark, and inside the window."""

import re
from datetime import date

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from events.models import Event
from events.tests.browser.cases import ALL_RULES, CONTRAST, NARROW, WIDE, BrowserTestCase
from events.tests.browser.desk_pages import DeskPages
from events.tests.factories import make_event
from events.workflow.edits import editing

# What has the focus, where the bar at the foot covers it, or leaves less than a line of a high field.
HIDDEN = """() => {
  const at = document.activeElement, bar = document.querySelector(".submit-row");
  const box = at.getBoundingClientRect(), edge = bar.getBoundingClientRect();
  const line = box.top + Math.min(box.height / 2, 24);
  return !bar.contains(at) && edge.top < line && box.top < edge.bottom ? [at.id || at.outerHTML] : [];
}"""

# How far the ring of the box for sources stays below the words above it.
BELOW_ITS_LABEL = """box => {
  const words = document.createRange(), style = getComputedStyle(box);
  words.selectNode(box.closest("label").firstChild);
  const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
  return box.getBoundingClientRect().top - ring - words.getBoundingClientRect().bottom;
}"""


class DeskBrowserTestCase(DeskPages, BrowserTestCase):
    """The newsroom, with its administrator logged in."""

    def setUp(self):
        super().setUp()
        self.make_newsroom()
        self.log_in()

    def log_in(self) -> None:
        """A session as the login view would have made it: its form is tried by the editor's journey."""
        session = SessionStore()
        session[SESSION_KEY] = str(self.chief.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = self.chief.get_session_auth_hash()
        session.create()
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": session.session_key, "url": f"{self.live_server_url}/admin/"}]
        )

    def look(self, name: str) -> None:
        """Is the page that is open sound in both widths and both colours?"""
        for scheme, rules in (("light", ALL_RULES), ("dark", CONTRAST)):
            self.colours(scheme)
            for size in (NARROW, WIDE):
                with self.subTest(name, scheme=scheme, width=size["width"]):
                    self.page.set_viewport_size(size)
                    self.assert_fits()
                    self.assert_accessible(rules)


class AdminPagesTests(DeskBrowserTestCase):
    def check(self, path: str) -> None:
        self.page.goto(f"{self.live_server_url}/admin/{path}")
        self.look(path)

    def test_login(self):
        self.page.context.clear_cookies()
        self.check("login/")
        self.page.get_by_label("Username").fill("nobody")
        self.page.get_by_label("Password").fill("wrong")
        self.page.get_by_role("button", name="Log in").click()
        self.page.locator(".errornote").wait_for()
        self.assert_accessible(ALL_RULES)

    def test_every_kind_of_page(self):
        for path in self.addresses().values():
            self.check(path)
        self.assertEqual(self.complaints, [])

    def test_planner_beside_the_sidebar(self):
        """On a tablet, and on the narrowest window that shows seven columns; an entry is in the last one."""
        make_event("The bridge is opened on a Saturday", date=date(2024, 5, 4))
        for width in (768, 1024):
            self.page.set_viewport_size({"width": width, "height": 900})
            for path in ("planner/?month=2024-05", "planner/?week=2024-05-01"):
                with self.subTest(path, width=width):
                    self.page.goto(f"{self.live_server_url}/admin/events/event/{path}")
                    self.assert_fits()

    def test_all_columns_of_the_list_of_events_are_seen(self):
        """The filters fold above the list, and stand beside it where there is room."""
        self.page.goto(f"{self.live_server_url}/admin/events/event/")
        results = self.page.locator("#changelist-form .results")
        person = self.page.locator("#changelist-filter input[type=text]").first
        for width, are_beside in ((1280, False), (1440, False), (1680, True)):
            with self.subTest(width=width):
                self.page.set_viewport_size({"width": width, "height": 900})
                self.assertEqual(results.evaluate("box => box.scrollWidth - box.clientWidth"), 0)
                self.assertEqual(person.is_visible(), are_beside)
        self.page.set_viewport_size(WIDE)
        self.page.locator(".filters > summary").click()
        self.assert_accessible(ALL_RULES)
        person.fill("nobody")
        person.press("Enter")
        self.page.get_by_text("Filter · person").click()
        self.page.get_by_role("link", name="Clear all filters").click()
        self.page.locator(".filters > summary", has_not_text="person").wait_for()

    def test_headline_of_one_endless_word(self):
        event = make_event("W" * 300)
        self.page.set_viewport_size(NARROW)
        of_event = f"event/{event.pk}"
        for path in (f"{of_event}/change/", f"{of_event}/delete/", f"revision/of/{of_event}/"):
            with self.subTest(path):
                self.page.goto(f"{self.live_server_url}/admin/events/{path}")
                self.assert_fits()

    def test_nothing_with_the_focus_is_under_the_bar(self):
        self.page.set_viewport_size({"width": 1280, "height": 800})
        self.page.goto(f"{self.live_server_url}/admin/events/event/{self.event.pk}/change/")
        self.page.locator("#id_headline").focus()
        hidden = []
        for _tab in range(60):
            self.page.keyboard.press("Tab")
            hidden += self.page.evaluate(HIDDEN)
        self.assertEqual(hidden, [])

    def test_merge_page_and_the_way_through_it(self):
        self.page.goto(f"{self.live_server_url}/admin/events/event/{self.event.pk}/change/")
        self.page.get_by_label("Short headline").fill("Mine")
        with editing(Event.objects.get(pk=self.event.pk), note="Theirs came first") as event:
            event.short_headline, event.summary = "Theirs", "It stands."
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.get_by_role("heading", name="Somebody saved before you").wait_for()
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            self.assert_fits()
            self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
        self.page.get_by_role("group", name="Short headline").get_by_label("Mine").check()
        self.page.get_by_role("button", name="Save the joint text").click()
        self.page.get_by_text("was changed successfully").wait_for()
        event.refresh_from_db()
        self.assertEqual((event.short_headline, event.summary), ("Mine", "It stands."))
        self.assertEqual(self.complaints, [])

    def test_password_in_place_when_the_session_has_ended(self):
        self.chief.set_password("a bridge over the river")
        self.chief.save()
        self.log_in()
        self.page.goto(f"{self.live_server_url}/admin/events/event/{self.event.pk}/change/")
        self.page.get_by_label("Short headline").fill("Typed before the session ended")
        Session.objects.all().delete()
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.get_by_role("heading", name="Your session has ended").wait_for()
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            self.assert_fits()
            self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
        self.page.keyboard.type(self.chief.username)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type("a bridge over the river")
        self.page.keyboard.press("Enter")
        self.page.get_by_text("was changed successfully").wait_for()
        self.event.refresh_from_db()
        self.assertEqual(self.event.short_headline, "Typed before the session ended")
        self.assertEqual(self.complaints, [])

    def test_form_that_is_older_than_the_login(self):
        context = self.story
        self.page.goto(f"{self.live_server_url}/admin/events/context/{context.pk}/change/")
        self.page.locator("#id_description").fill("Typed before logging in again\nin another tab")
        self.page.context.clear_cookies(name="csrftoken")
        other = self.page.context.new_page()
        other.goto(f"{self.live_server_url}/admin/password_change/")
        other.close()
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.get_by_role("heading", name="The form is kept").wait_for()
        self.look("a form that is kept")
        self.page.get_by_role("button", name="Send it again").press("Enter")
        self.page.get_by_text("was changed successfully").wait_for()
        context.refresh_from_db()
        self.assertIn("in another tab", context.description)
        # The browser tells of each answer 403.
        self.assertEqual([said for said in self.complaints if "403" not in said], [])

    def test_form_with_mistakes(self):
        self.page.goto(f"{self.live_server_url}/admin/events/event/add/")
        self.page.get_by_role("button", name="Save draft").click()
        self.page.locator(".errornote").wait_for()
        self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
        expect(self.page.locator(".errornote")).to_be_focused()
        self.page.locator("#id_headline").fill("A bridge is opened")
        self.page.locator("#id_date").fill("2024-05-01")
        self.page.get_by_role("button", name="Publish now").click()
        expect(self.page.locator(".errornote")).to_be_focused()
        self.page.get_by_role("link", name="overrule it in the list of checks").click()
        expect(self.page.get_by_role("heading", name="Checks before publishing")).to_be_in_viewport()

    def test_preview_of_an_incomplete_form_is_no_error_in_the_console(self):
        self.page.set_viewport_size(WIDE)
        self.page.goto(f"{self.live_server_url}/admin/events/event/{self.event.pk}/change/")
        expect(self.page.locator(".preview-status")).to_contain_text("as it stands here")
        self.page.locator("#id_headline").fill("")
        frame = self.page.frame_locator("live-preview iframe")
        expect(frame.get_by_role("heading", name="No preview yet")).to_be_attached()
        expect(self.page.locator(".preview-status")).to_be_empty()
        self.assertEqual(self.complaints, [])

    def test_address_of_a_preview_link_is_shown_whole(self):
        self.page.set_viewport_size(WIDE)
        self.page.goto(f"{self.live_server_url}/admin/events/event/{self.event.pk}/preview-links/")
        self.page.get_by_role("button", name="Make a link").click()
        address = self.page.get_by_label("Copy the link now")
        self.assertEqual(address.evaluate("field => field.scrollWidth - field.clientWidth"), 0)

    def test_no_gap_below_the_box_for_sources(self):
        self.page.goto(f"{self.live_server_url}/admin/events/event/add/")
        above, below = (
            self.page.locator(f"details.{name}").bounding_box() for name in ("paste-box", "shortcuts")
        )
        self.assertLess(below["y"] - above["y"] - above["height"], 24)

    def test_ring_of_the_box_for_sources_is_clear_of_its_label(self):
        self.page.set_viewport_size(NARROW)
        self.page.goto(f"{self.live_server_url}/admin/events/event/add/")
        box = self.page.locator("#id_pasted")
        expect(box).to_be_focused()
        self.assertGreaterEqual(box.evaluate(BELOW_ITS_LABEL), 0)

    def test_head_of_a_list_can_be_used_on_a_phone(self):
        for width in (360, 768):
            with self.subTest(width=width):
                self.page.set_viewport_size({"width": width, "height": 900})
                self.page.goto(f"{self.live_server_url}/admin/events/event/")
                self.page.locator("#action-toggle").check()
                expect(self.page.locator(".action-select").first).to_be_checked()
                self.page.locator("#result_list thead").get_by_role("link", name="Headline").click()
                expect(self.page).to_have_url(re.compile(r"[?]o="))
                self.assert_fits()

    def test_without_scripts_no_button_for_the_sidebar(self):
        still = self.page.context.browser.new_context(java_script_enabled=False, viewport=WIDE)
        self.addCleanup(still.close)
        still.add_cookies(self.page.context.cookies())
        page = still.new_page()
        page.goto(f"{self.live_server_url}/admin/events/event/")
        expect(page.locator("#nav-sidebar")).to_be_attached()
        expect(page.locator("#toggle-nav-sidebar")).to_be_hidden()
        self.page.goto(f"{self.live_server_url}/admin/events/event/")
        expect(self.page.locator("#toggle-nav-sidebar")).to_be_visible()
