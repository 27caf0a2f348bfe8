"""What is typed survives a crash and a lost network, and colleagues see each other, in a browser."""

from playwright.sync_api import expect

from events.models import Autosave, Event
from events.tests.admin.test_events import change
from events.tests.browser.cases import ALL_RULES, NARROW, BrowserTestCase
from events.tests.factories import make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow import autosaves


class AutosaveBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(make_user("Editor"))
        session = self.client.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": f"{self.live_server_url}/admin/"}
        self.page.context.add_cookies([cookie])
        self.page.clock.install()
        self.page.set_viewport_size(NARROW)
        self.event = make_event("Stored", state="draft", sources=[("R", "https://r.example/")])

    def open(self) -> None:
        self.page.goto(f"{self.live_server_url}{change(self.event)}")
        self.page.wait_for_load_state("load")

    def wait(self) -> None:
        self.page.clock.run_for(21_000)

    def test_typed_crashed_offered_restored_saved(self):
        page = self.page
        self.open()
        expect(page.locator(".autosave-kept")).to_be_empty()
        page.locator("#id_headline").fill("Typed before the crash")
        self.wait()
        expect(page.locator(".autosave-kept")).to_contain_text("Unsaved text kept at")
        self.assertIsNone(page.evaluate("sessionStorage.getItem(Object.keys(sessionStorage)[0])"))

        page.route("**/autosave/", lambda route: route.abort())
        page.locator("#id_summary").fill("Typed without a network.")
        self.wait()
        expect(page.locator(".autosave-trouble")).to_contain_text("The server cannot be reached.")
        page.unroute("**/autosave/")
        self.wait()
        expect(page.locator(".autosave-trouble")).to_have_text("Your text is being kept again.")
        self.assertIn("without+a+network", Autosave.objects.get().form)

        anna = make_user("Chief editor")
        anna.first_name = "Anna"
        anna.save()
        autosaves.be_present(f"event/{self.event.pk}", by=anna, now=Autosave.objects.get().seen_at)
        self.wait()
        expect(page.locator("auto-save").get_by_role("status")).to_contain_text("Anna is editing this, since")

        self.open()
        offer = page.locator(".unsaved")
        expect(offer).to_contain_text("You have unsaved text of")
        self.assert_accessible(ALL_RULES)
        self.assert_fits()
        offer.get_by_role("button", name="Restore it").click()
        expect(page.locator("#id_headline")).to_have_value("Typed before the crash")
        expect(page.locator("#id_summary")).to_have_value("Typed without a network.")
        self.assertEqual(Event.objects.get().headline, "Stored")
        page.locator("[name=_save]").click()
        page.wait_for_url("**/admin/events/event/")
        self.assertEqual(Event.objects.get().headline, "Typed before the crash")
        self.open()
        expect(page.locator(".unsaved")).to_have_count(0)
