"""Pages of the desk that come of a form that was sent, and pages without our scripts: sound as the others."""

from playwright.sync_api import Page

from events.tests.browser.test_admin_pages import DeskBrowserTestCase


class SendingTestCase(DeskBrowserTestCase):
    def send(self, name: str) -> None:
        """Press the button of this name, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.locator(f"button[name={name}]").click()


class AnswersTests(SendingTestCase):
    def go(self, path: str) -> Page:
        self.page.goto(f"{self.live_server_url}/admin/{path}")
        return self.page

    def act(self, name: str) -> None:
        """Choose the first two rows of the list, and an action."""
        for box in self.page.locator("input.action-select").all()[:2]:
            box.check()
        self.page.locator("select[name=action]").select_option(name)
        self.send("index")

    def test_change_of_many_entries(self):
        page = self.go("events/event/")
        self.act("category_selected")
        self.look("asked for the category")
        page.get_by_label("Category").select_option(index=1)
        self.send("_look")
        self.look("what would change")
        self.send("_apply")
        self.look("what was changed")
        self.assertEqual(self.complaints, [])

    def test_deletion_of_many(self):
        self.go("auth/user/")
        self.act("delete_selected")
        self.look("deletion")
        self.assertEqual(self.complaints, [])

    def test_draft_opened_in_the_form(self):
        page = self.go(f"events/event/{self.proposed.pk}/change/")
        page.locator("button[name=_open_draft]").click()
        page.get_by_text("This is the draft revision").wait_for()
        self.look("draft revision")
        self.assertEqual(self.complaints, [])

    def test_sources_are_dragged_to_their_place(self):
        page = self.go(f"events/event/{self.event.pk}/change/")
        places = page.locator("ordered-rows input[name$=-position]")
        labels = [page.locator(f"#id_citations-{number}-label").input_value() for number in (0, 1)]
        handles = page.locator("ordered-rows .row-handle")
        handles.nth(1).scroll_into_view_if_needed()
        start, end = handles.nth(1).bounding_box(), handles.nth(0).bounding_box()
        page.mouse.move(start["x"] + 5, start["y"] + 5)
        page.mouse.down()
        # A hand does not jump.
        page.mouse.move(start["x"] + 5, start["y"] + 2, steps=3)
        page.mouse.move(end["x"] + 5, end["y"] - 60, steps=10)
        page.mouse.up()
        self.assertEqual([places.nth(number).input_value() for number in (0, 1)], ["1", "2"])
        self.send("_continue")
        moved = [page.locator(f"#id_citations-{number}-label").input_value() for number in (0, 1)]
        self.assertEqual(moved, labels[::-1])
        self.assertEqual(self.complaints, [])

    def test_previews_of_other_places(self):
        form = self.page
        for path in (f"events/event/{self.event.pk}/change/", f"events/article/{self.article.pk}/change/"):
            self.page = form
            self.go(path)
            for kind in ("phone", "card", "found"):
                form.get_by_label("Show as").select_option(kind)
                with form.expect_popup() as opened:
                    form.locator("button[name=_preview]").click()
                self.page = opened.value
                self.page.locator("main").wait_for()
                self.look(f"{path} {kind}")
        form.get_by_label("Show as").select_option("phone")
        frame = form.locator("live-preview iframe.is-phone")
        frame.wait_for()
        # With its rules at either side.
        self.assertLessEqual(frame.bounding_box()["width"], 362)
        self.assertEqual(self.complaints, [])

    def test_mistakes(self):
        for path in ("events/event/add/", "events/article/add/", "events/context/add/", "auth/user/add/"):
            page = self.go(path)
            page.evaluate("document.querySelector('#content-main form').noValidate = true")
            page.locator("#content-main [name=_save]").click()
            page.locator(".errornote").wait_for()
            self.look(path)
        # A form with mistakes has no preview, which a browser announces.
        self.assertEqual([told for told in self.complaints if "/preview/" not in told], [])

    def test_logged_out(self):
        page = self.go("")
        page.locator("#logout-form button").click()
        page.get_by_role("link", name="Log in again").wait_for()
        self.look("logged out")
        self.assertEqual(self.complaints, [])


class WithoutScriptTests(SendingTestCase):
    """Our scripts do not arrive. The browser's own are left on, without which axe does not end."""

    def setUp(self):
        super().setUp()
        self.page.context.route(
            "**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )

    def test_pages_that_scripts_make_comfortable(self):
        for path in (
            "",
            "events/event/",
            "events/event/add/",
            f"events/event/{self.event.pk}/change/",
            f"events/article/{self.article.pk}/change/",
            "events/image/",
            f"events/image/{self.event.cover_id}/change/",
            f"events/storyline/{self.line.pk}/change/",
        ):
            with self.subTest(path):
                self.page.goto(f"{self.live_server_url}/admin/{path}")
                self.look(path)
        self.assertEqual(self.complaints, [])

    def test_entry_from_pasted_sources(self):
        page = self.page
        page.goto(f"{self.live_server_url}/admin/events/event/add/")
        page.locator("#id_pasted").fill("BBC: https://www.bbc.com/news/1\nhttps://www.reuters.com/2")
        self.send("_paste")
        self.assertEqual(page.locator("#id_citations-1-url").input_value(), "https://www.reuters.com/2")
        self.look("pasted")
        page.locator("#id_headline").fill("A bridge in Scotland is closed")
        with page.expect_popup() as opened:
            page.locator("button[name=_offers]").click()
        page, self.page = self.page, opened.value
        self.page.get_by_text("Scotland").first.wait_for()
        self.look("suggested contexts")
        self.page = page
        page.locator("#id_date").fill("2024-05-01")
        self.send("_to_publish")
        self.look("held back by its checks")
        for box in page.get_by_role("checkbox", name="Overrule").all():
            box.check()
        page.locator("button[name=_save]").click()
        page.locator(".messagelist .success").wait_for()
        self.assertEqual(self.complaints, [])
