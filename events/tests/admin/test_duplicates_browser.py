"""An entry that may be the same appears while one types; its sources move over, by keyboard."""

from django.test import override_settings
from playwright.sync_api import expect

from events.models import Event
from events.tests.browser.cases import ALL_RULES, CONTRAST, NARROW, WIDE, BrowserTestCase
from events.tests.browser.one_at_a_time import TURN
from events.tests.factories import DAY, make_event
from events.tests.workflow.test_permissions import make_user


@override_settings(EVENTS_FETCH_SOURCES=0)
class DuplicatesBrowserTests(BrowserTestCase):
    def test_it_is_that_one(self):
        other = make_event(
            "Two car bombs kill dozens near a shrine in Khalidiya",
            contexts=["Homs"],
            sources=[("BBC", "https://www.bbc.com/bombs")],
        )
        self.client.force_login(make_user("Editor"))
        session = self.client.cookies["sessionid"].value
        page = self.page
        page.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": f"{self.live_server_url}/admin/"}]
        )
        page.route("**/contexts/", lambda route: route.fulfill(json={"named": [], "together": []}))
        page.set_viewport_size(NARROW)
        page.goto(f"{self.live_server_url}/admin/events/event/add/")
        page.locator("#id_pasted").fill("https://www.reuters.com/bombs https://bbc.com/bombs")
        page.keyboard.press("Control+Enter")
        page.locator("#id_date").fill(DAY.isoformat())
        page.locator("#id_headline").fill("Car bombs near the shrine in Khalidiya kill dozens")
        checks = page.locator("entry-checks")
        expect(checks.locator("mark", has_text="Khalidiya")).to_have_count(2)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            self.assert_fits()
            self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
        with page.expect_popup() as opened:
            checks.get_by_role("button", name="It is that one").press("Enter")
        tab = opened.value
        expect(tab.locator("#id_headline")).to_have_value(other.headline)
        expect(tab.locator("#id_citations-1-url")).to_have_value("https://www.reuters.com/bombs")
        expect(tab.locator("#id_citations-2-url")).to_have_count(0)
        expect(page.locator("#id_headline")).to_have_value(
            "Car bombs near the shrine in Khalidiya kill dozens"
        )
        tab.get_by_role("button", name="Save", exact=True).press("Enter")
        expect(tab.locator(".messagelist .success")).to_be_visible()
        with TURN:
            self.assertEqual(Event.objects.get().citations.count(), 2)
