"""Related stories in an editor's browser, by the keyboard alone; and the desk on small and dark screens."""

import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import override_settings
from playwright.sync_api import Page, expect

from events.models import Event, RelatedChoice
from events.tests.browser.cases import axe
from events.tests.factories import DAY, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow import steering

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# How the focused element is called by those who cannot see it.
FOCUSED = "() => document.activeElement.textContent.trim() || document.activeElement.name"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOST_STOPS = 60


# The plainest ranking there is: the order does not hang on how the headlines are worded.
@override_settings(EVENTS_RELATED_RANKER="shared_newest")
@pytest.mark.browser
class SteeringTests(StaticLiveServerTestCase):
    @pytest.fixture(autouse=True)
    def _browser(self, page: Page):
        self.page = page

    def setUp(self):
        self.editor = make_user("Editor")
        self.editor.set_password("correct horse battery")
        self.editor.save()
        self.event = make_event("The dam breaks", contexts=["Dams"])
        for number, title in enumerate(("First", "Second", "Third", "Fourth"), 1):
            make_event(title, contexts=["Dams"], date=DAY - timedelta(days=number))
        make_event("Rain for a week", date=DAY - timedelta(days=3))
        self.blocked: list[str] = []
        self.page.on("console", self.listen)
        # As in the journey: the preview, which runs beside other requests, is closed on so narrow a window.
        self.page.set_viewport_size({"width": 900, "height": 1200})

    def listen(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.blocked.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.live_server_url + path)

    def log_in(self) -> None:
        """By the keyboard: the cursor stands in the first field."""
        keys = self.page.keyboard
        expect(self.page.get_by_label("Username")).to_be_focused()
        keys.type(self.editor.username)
        keys.press("Tab")
        keys.type("correct horse battery")
        keys.press("Enter")

    def tab_to(self, name: str) -> None:
        """Press Tab until what is called so has the focus."""
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if re.match(name, self.page.evaluate(FOCUSED)):
                return
        self.fail(f"{MOST_STOPS} times Tab did not lead to {name!r}")

    def told(self, words: str) -> None:
        expect(self.page.locator(".desk-status[role=status]")).to_have_text(words)

    def public_list(self) -> list[str]:
        """What a reader sees who loads the page anew: a browser keeps it for some seconds."""
        self.go(self.event.get_absolute_url())
        self.page.reload()
        return self.page.locator(".related-title").all_inner_texts()

    def test_pinning_and_hiding_by_the_keyboard_alone(self):
        self.assertEqual(self.public_list(), ["First", "Second", "Third", "Fourth"])
        self.go(f"/admin/events/event/{self.event.pk}/change/")
        self.log_in()
        expect(self.page.locator("related-desk")).to_be_visible()
        self.tab_to("Related stories")
        self.page.keyboard.press("Enter")
        self.tab_to("Pin Third")
        self.page.keyboard.press("Enter")
        self.told("Pinned: Third")
        # The focus stays with the entry, on what takes the act back.
        self.assertEqual(self.page.evaluate(FOCUSED), "Unpin Third")
        rows = self.page.locator(".desk-list").first.locator(".desk-title > a")
        self.assertEqual(rows.all_inner_texts(), ["Third", "First", "Second", "Fourth"])
        self.tab_to("Hide First")
        self.page.keyboard.press("Enter")
        self.told("Hidden from related stories: First")
        self.assertEqual(self.page.evaluate(FOCUSED), "Show again First")
        self.assertEqual(self.public_list(), ["Third", "Second", "Fourth"])
        self.assertEqual(self.blocked, [])

    def test_finding_noting_moving_and_linking_by_the_keyboard_alone(self):
        self.go(f"/admin/events/event/{self.event.pk}/related/")
        self.log_in()
        expect(self.page.locator("related-desk")).to_be_visible()
        self.tab_to("find")
        self.page.keyboard.type("rain")
        self.told("1 found")
        self.tab_to("Note and link Rain")
        self.page.keyboard.press("Enter")
        self.tab_to("note")
        self.page.keyboard.type("the cause")
        self.page.keyboard.press("Enter")
        self.told("Pinned: Rain for a week")
        row = self.page.locator(".desk-row.is-pinned")
        expect(row.locator(".desk-note")).to_have_text("the cause")
        self.tab_to("Note and link Rain")
        self.page.keyboard.press("Enter")
        self.tab_to("kind|Update of")
        self.page.keyboard.press("ArrowDown")
        self.tab_to("Link")
        self.page.keyboard.press("Enter")
        self.told("Linked: Rain for a week")
        self.go(self.event.get_absolute_url())
        expect(self.page.locator(".links")).to_contain_text("Led to Rain for a week")
        self.assertEqual(RelatedChoice.objects.get().note, "the cause")

    def test_the_text_beside_the_desk_can_still_be_saved(self):
        self.go(f"/admin/events/event/{self.event.pk}/change/")
        self.log_in()
        self.page.locator("#id_summary").fill("Many are safe.")
        self.page.get_by_role("button", name="Pin Second").first.click()
        self.told("Pinned: Second")
        self.page.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()
        self.assertEqual(Event.objects.get(pk=self.event.pk).summary, "Many are safe.")

    def test_a_colleague_who_was_first_is_told_in_place(self):
        self.go(f"/admin/events/event/{self.event.pk}/related/")
        self.log_in()
        expect(self.page.locator("related-desk")).to_be_visible()
        steering.pin(self.event, Event.objects.get(headline="Fourth"))
        self.page.get_by_role("button", name="Pin Second").first.click()
        expect(self.page.locator(".desk-status.is-failed")).to_contain_text(
            "Somebody saved this entry meanwhile"
        )
        self.page.get_by_role("button", name="Pin Second").first.click()
        self.told("Pinned: Second")
        self.assertEqual(self.public_list(), ["Fourth", "Second", "First", "Third"])

    def test_desk_is_accessible_and_fits_in_light_and_dark(self):
        steering.pin(self.event, Event.objects.get(headline="Third"), note="a note")
        steering.hide(
            Event.objects.get(pk=self.event.pk), Event.objects.get(headline="First"), both_sides=True
        )
        self.go(f"/admin/events/event/{self.event.pk}/related/?find=rain")
        self.log_in()
        expect(self.page.locator("related-desk")).to_be_visible()
        for scheme in ("light", "dark"):
            for width in (360, 1280):
                with self.subTest(scheme=scheme, width=width):
                    # Without colours that are still on their way from light to dark.
                    self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    self.page.set_viewport_size({"width": width, "height": 900})
                    self.page.evaluate(
                        "() => document.querySelectorAll('details').forEach((d) => d.open = true)"
                    )
                    found = axe(self.page, DESK, "related-desk")
                    self.assertEqual(found.response["violations"], [])
                    self.assertLessEqual(self.page.evaluate(OVERFLOW), 0)
