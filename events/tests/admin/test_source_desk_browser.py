"""Links pasted by an editor become a written entry, by keyboard alone."""

import socket

from playwright.sync_api import expect

from events.models import Event
from events.tests.browser.cases import ALL_RULES, CONTRAST, NARROW, WIDE, BrowserTestCase
from events.tests.citations.servers import answer, site
from events.tests.workflow.test_permissions import make_user

PAGES = {
    b"/mail": """<html lang=en-GB><title>Double bombing | Daily Mail</title><meta name=author content=AFP>
<meta property="og:description" content="Bomb blasts hit Homs."><meta property="og:image" content="/homs.jpg">
<meta property="og:image:alt" content="A street in Homs">
<meta property="article:published_time" content="2016-02-21T10:00:00Z">""",
    b"/news": "<title>Syria: four blasts - BBC News</title><meta name=description "
    "content='Homs and Damascus.'>",
}


def serve(connection: socket.socket, request: bytes) -> None:
    page = PAGES.get(request.split()[1])
    connection.sendall(answer(page.encode()) if page else answer(status="404 Not Found"))


class SourceDeskBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(make_user("Editor"))
        session = self.client.cookies["sessionid"].value
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": session, "url": f"{self.live_server_url}/admin/"}]
        )
        self.page.set_viewport_size(NARROW)
        # Suggestions of contexts have a test of their own.
        self.page.route("**/contexts/", lambda route: route.fulfill(json={"named": [], "together": []}))
        places = site(serve)
        places.__enter__()
        self.addCleanup(places.__exit__, None, None, None)
        self.page.goto(f"{self.live_server_url}/admin/events/event/add/")
        self.page.wait_for_load_state("load")
        self.desk = self.page.locator("source-desk")

    def paste(self, text: str) -> None:
        box = self.page.locator("#id_pasted")
        expect(box).to_be_focused()
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Control+Enter")

    def test_from_links_to_a_saved_entry(self):
        page = self.page
        self.paste(
            "http://www.dailymail.co.uk/mail\nhttp://www.bbc.com/news\nMy source: http://www.cnn.com/lost"
        )
        expect(page.locator("#id_citations-1-label")).to_have_value("BBC")
        expect(page.locator("#id_citations-0-label")).to_have_value("AFP via Daily Mail")
        expect(page.locator("#id_citations-0-agency")).to_have_value("AFP")
        expect(page.locator("#id_citations-0-published_on")).to_have_value("2016-02-21")
        expect(page.locator("#id_citations-0-language")).to_have_value("en-GB")
        expect(page.locator("#id_citations-2-label")).to_have_value("My source")
        expect(self.desk.locator(".source-problem")).to_have_text("The page is not there any more.")
        expect(self.desk.get_by_role("status")).to_have_text("All pages have been looked at.")

        checks = page.locator("entry-checks")
        expect(checks).to_contain_text("3 citations, 3 independent origins")
        expect(checks).to_contain_text("The page of “My source” is gone; cite an archived copy.")
        expect(checks).to_contain_text("There is no summary.")

        take = self.desk.get_by_role("button", name="Take all").first
        take.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#id_headline")).to_have_value("Double bombing")
        expect(page.locator("#id_summary")).to_have_value("Bomb blasts hit Homs.")
        expect(page.locator("#id_date")).to_have_value("2016-02-21")
        expect(page.locator("#id_cover_source_url")).to_have_value("http://www.dailymail.co.uk/homs.jpg")
        expect(page.locator("#id_cover_alt")).to_have_value("A street in Homs")
        expect(page.locator("#id_cover_credit")).to_have_value("Daily Mail")
        self.desk.locator(".source-card").nth(1).get_by_role("button", name="Summary").press("Enter")
        expect(page.locator("#id_summary")).to_have_value("Homs and Damascus.")

        expect(checks).not_to_contain_text("There is no summary.")
        checks.get_by_label("Overrule: The entry has no context.").press("Space")

        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            self.assert_fits()
            self.assert_accessible(ALL_RULES)
        self.colours("dark")
        self.assert_accessible(CONTRAST)

        publish = page.get_by_role("button", name="Publish now")
        publish.press("Enter")
        expect(page.locator(".errornote")).to_be_visible()
        expect(checks.get_by_label("Overrule: The entry has no context.")).to_be_checked()
        for box in checks.get_by_role("checkbox").all():
            box.check()
        publish.press("Enter")
        expect(page.locator(".messagelist .success")).to_be_visible()
        event = Event.objects.get()
        self.assertTrue(event.is_public())
        self.assertEqual(
            [(row.label, row.url) for row in event.citations.all()],
            [
                ("AFP via Daily Mail", "http://www.dailymail.co.uk/mail"),
                ("BBC", "http://www.bbc.com/news"),
                ("My source", "http://www.cnn.com/lost"),
            ],
        )
        self.assertEqual(self.complaints, [])

    def test_an_address_that_is_none_does_not_stop_the_others(self):
        self.paste("http://www.cnn.com/lost")
        expect(self.page.locator("#id_citations-0-url")).to_have_value("http://www.cnn.com/lost")
        self.page.locator("#id_citations-0-url").fill("https://[bad/x")
        self.page.locator("#id_pasted").focus()
        self.paste("http://www.bbc.com/news")
        expect(self.page.locator("#id_citations-1-label")).to_have_value("BBC")
        expect(self.desk.locator(".source-title")).to_have_text("Syria: four blasts")
        self.assertEqual(self.complaints, [])

    def test_same_address_again_adds_nothing(self):
        self.paste("http://www.bbc.com/news")
        expect(self.page.locator("#id_citations-0-url")).to_have_value("http://www.bbc.com/news")
        expect(self.desk.get_by_role("status")).to_have_text("All pages have been looked at.")
        self.page.locator("#id_pasted").focus()
        self.paste("http://www.bbc.com/news")
        expect(self.desk.get_by_role("status")).to_have_text("There is no new address in this text.")
