"""The planner in a browser: entries moved by keys, mouse and form, told and taken back."""

from datetime import timedelta

from playwright.sync_api import expect

from events.models import Event
from events.tests.browser.cases import ALL_RULES, CONTRAST, NARROW, WIDE, BrowserTestCase
from events.tests.browser.one_at_a_time import TURN
from events.tests.factories import DAY, make_article, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import editing


class PlannerBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.draft = make_event("A draft to move", state="draft")
        self.client.force_login(make_user("Editor"))
        session = self.client.cookies["sessionid"].value
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": f"{self.live_server_url}/admin/"}]
        )
        self.page.set_viewport_size(WIDE)
        self.address = f"{self.live_server_url}/admin/events/event/planner/?month=2024-05"
        self.status = self.page.locator(".planner-status")

    def open(self):
        self.page.goto(self.address)

    def entry(self, day: str, title: str = "A draft to move"):
        return self.page.locator(f"#day-{day}").get_by_role("link", name=title, exact=True)

    def assert_stands_on(self, day: str, event: Event | None = None) -> None:
        with TURN:
            self.assertEqual(Event.objects.get(pk=(event or self.draft).pk).date.isoformat(), day)

    def test_keys_choose_a_day_enter_moves_escape_leaves_and_a_button_takes_back(self):
        self.open()
        keys = self.page.keyboard
        self.entry("2024-05-01").focus()
        for key in ("Right", "Right", "Down"):
            keys.press(f"Shift+Arrow{key}")
        expect(self.status).to_have_text("To Friday, May 10, 2024? Enter moves it, Escape leaves it.")
        self.assert_accessible(ALL_RULES)
        keys.press("Escape")
        expect(self.status).to_have_text("It stays where it is.")
        self.assert_stands_on("2024-05-01")
        keys.press("Shift+ArrowRight")
        # To "Move", which is still the entry's, and on.
        keys.press("Tab")
        keys.press("Tab")
        expect(self.status).to_be_empty()
        self.entry("2024-05-01").focus()
        keys.press("Shift+ArrowDown")
        keys.press("Enter")
        expect(self.status).to_have_text("“A draft to move” stands on 8 May 2024 now.")
        expect(self.entry("2024-05-08")).to_be_focused()
        self.assert_stands_on("2024-05-08")
        self.page.get_by_role("button", name="Take the move back").press("Enter")
        expect(self.status).to_have_text("“A draft to move” stands on 1 May 2024 now.")
        expect(self.entry("2024-05-01")).to_be_focused()
        self.assert_stands_on("2024-05-01")
        # Over the edge of the month the planner goes along.
        keys.press("Shift+ArrowLeft")
        keys.press("Enter")
        expect(self.page.get_by_role("heading", name="April 2024", exact=True)).to_be_visible()
        expect(self.entry("2024-04-30")).to_be_focused()
        self.assertEqual(self.complaints, [])

    def test_the_mouse_drags_to_another_day_and_a_stale_entry_stays(self):
        self.open()
        self.entry("2024-05-01").drag_to(self.page.locator("#day-2024-05-09"))
        expect(self.entry("2024-05-09")).to_be_visible()
        self.assert_stands_on("2024-05-09")
        with TURN, editing(Event.objects.get(pk=self.draft.pk)) as changed:
            changed.summary = "Somebody else's."
        self.entry("2024-05-09").drag_to(self.page.locator("#day-2024-05-03"))
        expect(self.page.locator(".messagelist")).to_contain_text(
            "Somebody saved “A draft to move” meanwhile"
        )
        self.assert_stands_on("2024-05-09")
        # With the version that is shown now it goes.
        self.entry("2024-05-09").drag_to(self.page.locator("#day-2024-05-03"))
        expect(self.entry("2024-05-03")).to_be_visible()
        self.assertEqual(self.complaints, [])

    def test_what_readers_know_is_asked_about(self):
        with TURN:
            live = make_event("Known", date=DAY + timedelta(days=1))
        self.open()
        self.entry("2024-05-02", "Known").focus()
        self.page.keyboard.press("Shift+ArrowRight")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", name="Move a published entry?")).to_be_visible()
        self.assert_stands_on("2024-05-02", live)
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            self.assert_fits()
            self.assert_accessible(ALL_RULES)
        self.page.get_by_role("button", name="Move it").press("Enter")
        expect(self.page.locator(".messagelist")).to_contain_text("Its old address leads to the new one.")
        self.assert_stands_on("2024-05-03", live)
        self.assertEqual(self.complaints, [])

    def test_an_ended_session_moves_nothing_and_says_so(self):
        self.open()
        self.page.context.clear_cookies(name="sessionid")
        self.entry("2024-05-01").drag_to(self.page.locator("#day-2024-05-09"))
        expect(self.page.get_by_role("heading", name="Your session has ended")).to_be_visible()
        self.assert_stands_on("2024-05-01")

    def test_a_server_out_of_reach_is_told(self):
        self.open()
        self.page.route("**/planner/move/*", lambda route: route.abort())
        self.entry("2024-05-01").drag_to(self.page.locator("#day-2024-05-09"))
        expect(self.status).to_have_text("The newsroom could not be reached; nothing was moved.")
        expect(self.status).to_be_visible()
        self.assert_stands_on("2024-05-01")

    def test_a_full_month_on_every_screen_and_the_form_without_scripts(self):
        with TURN:
            for number in range(9):
                make_event(f"An event of the day number {number}", state="draft")
            make_article("An article", state="in_review")
            make_event("Of several days", end_date=DAY + timedelta(days=3))
        context = self.page.context.browser.new_context(java_script_enabled=False, viewport=NARROW)
        context.add_cookies(self.page.context.cookies())
        plain = context.new_page()
        plain.goto(self.address)
        row = plain.locator(f"#event-{self.draft.pk}")
        row.locator("summary").click()
        row.get_by_label("Move to").fill("2024-05-20")
        row.get_by_role("button", name="Move").click()
        expect(plain.locator(".messagelist")).to_contain_text("stands on 20 May 2024 now.")
        plain.get_by_role("button", name="Take the move back").click()
        expect(plain.locator(".messagelist")).to_contain_text("stands on 1 May 2024 now.")
        context.close()
        for query in ("", "&by=moment"):
            self.page.goto(self.address + query)
            for details in self.page.locator(".planner-move").all():
                details.evaluate("element => { element.open = true; }")
            for size in (NARROW, WIDE):
                self.page.set_viewport_size(size)
                self.colours("light")
                self.assert_fits()
                self.assert_accessible(ALL_RULES)
                self.colours("dark")
                self.assert_accessible(CONTRAST)
        self.assertEqual(self.complaints, [])
