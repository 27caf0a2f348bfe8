"""Contexts offered while an entry is written, taken by keyboard alone."""

from playwright.sync_api import Locator, expect

from events.models import Event, SourcePage
from events.tests.browser.cases import ALL_RULES, CONTRAST, NARROW, BrowserTestCase
from events.tests.factories import NOW, make_context, make_event
from events.tests.workflow.test_permissions import make_user


class ContextOffersBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        make_context("Damascus", aliases=["Dimashq"])
        for number in range(3):
            make_event(
                f"Siege {number}",
                contexts=["Homs", "Syrian Civil War"],
                category="Armed conflicts and attacks",
            )
        self.client.force_login(make_user("Editor"))
        session = self.client.cookies["sessionid"].value
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": f"{self.live_server_url}/admin/"}]
        )
        self.page.set_viewport_size(NARROW)
        self.page.goto(f"{self.live_server_url}/admin/events/event/add/")
        self.offers = self.page.locator("context-offers")
        self.status = self.offers.get_by_role("status")
        self.finder = self.page.locator("#id_context_names-find")

    def offer(self, name: str) -> Locator:
        return self.offers.get_by_role("button", name=f"Add: {name}")

    def chosen(self) -> list[str]:
        return self.page.locator("#id_context_names").input_value().splitlines()

    def test_taken_by_keyboard_alone(self):
        page, keys = self.page, self.page.keyboard
        headline = page.locator("#id_headline")
        headline.focus()
        keys.type("Truce in Homs and Dimashq")
        expect(self.offer("Homs")).to_be_visible()
        expect(self.offer("Homs")).to_have_accessible_description("“Homs” in the headline · 3 events")
        expect(self.status).to_have_text("Contexts suggested: 3")

        keys.press("Alt+Enter")
        expect(self.status).to_have_text("Added: Homs")
        self.assertEqual(self.chosen(), ["Homs"])
        expect(headline).to_be_focused()
        expect(self.offer("Homs")).to_have_count(0)

        self.finder.focus()
        keys.press("Tab")
        expect(self.offer("Damascus")).to_be_focused()
        keys.press("Enter")
        expect(self.offer("Syrian Civil War")).to_be_focused()
        keys.press("Space")
        self.assertEqual(self.chosen(), ["Homs", "Damascus", "Syrian Civil War"])
        expect(self.finder).to_be_focused()
        expect(self.offers.get_by_role("button")).to_have_count(0)

        file = page.get_by_role("button", name="File as “Armed conflicts and attacks”")
        # What the last choice brings; until then it is under Homs.
        expect(file).to_have_accessible_description("3 of the 3 newest entries under Syrian Civil War")
        file.press("Enter")
        expect(page.locator("#id_category")).to_have_value("Armed conflicts and attacks")
        expect(page.locator("#id_category")).to_be_focused()

        page.wait_for_load_state("networkidle")
        page.locator("#id_date").fill("2024-05-01")
        page.get_by_role("button", name="Save draft").press("Enter")
        expect(page.locator(".messagelist .success")).to_be_visible()
        event = Event.objects.get(state="draft")
        names = [row.tag.name for row in event.taggings.all()]
        self.assertEqual(names, ["Homs", "Damascus", "Syrian Civil War"])

    def test_category_of_a_pasted_source(self):
        SourcePage.objects.create(
            key="https://bbc.com/1", checked_at=NOW, publisher="BBC", title="Final", section="Football"
        )
        self.page.locator("#id_pasted").fill("https://www.bbc.com/1")
        self.page.locator("button[name=_paste]").click()
        file = self.page.get_by_role("button", name="File as “Sports”")
        expect(file).to_have_accessible_description("Sections of the sources: “Football” at BBC")
        file.press("Enter")
        expect(self.page.locator("#id_category")).to_have_value("Sports")

    def test_offers_are_accessible_on_a_phone(self):
        self.page.locator("#id_summary").fill("The siege of Homs")
        expect(self.offer("Syrian Civil War")).to_be_visible()
        self.assert_fits()
        self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)
        self.assertEqual(self.complaints, [])
