"""A turning point is pinned by keyboard alone."""

from playwright.sync_api import expect

from events.models import TurningPoint
from events.tests.browser.cases import NARROW, BrowserTestCase
from events.tests.factories import make_event, make_story_line
from events.tests.workflow.test_permissions import make_user


class StoriesBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        make_event("The arch closes", contexts=["Bridge"])
        self.line = make_story_line("The bridge", ["Bridge"])
        self.client.force_login(make_user("Editor"))
        session = self.client.cookies["sessionid"].value
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": f"{self.live_server_url}/admin/"}]
        )

    def test_pinned_by_keyboard_alone(self):
        page, keys = self.page, self.page.keyboard
        page.set_viewport_size(NARROW)
        page.goto(f"{self.live_server_url}/admin/events/storyline/{self.line.pk}/change/")
        self.assert_fits()
        page.get_by_text("Add another Turning point").focus()
        keys.press("Enter")
        choice = page.locator("#turning_points-0 .select2-selection")
        choice.focus()
        keys.press("Enter")
        finder = page.locator(".select2-search__field")
        expect(finder).to_be_focused()
        keys.type("arch")
        expect(page.get_by_role("option", name="The arch closes")).to_be_visible()
        keys.press("Enter")
        expect(choice).to_contain_text("The arch closes")
        note = page.locator("#id_turning_points-0-note")
        note.focus()
        keys.type("At last.")
        # Enter saves: it does not press the button of the preview.
        keys.press("Enter")
        expect(page.get_by_text("was changed successfully")).to_be_visible()
        self.assertEqual(TurningPoint.objects.get().note, "At last.")
        self.assertEqual(self.complaints, [])
