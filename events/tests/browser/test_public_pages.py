"""Every kind of public page in a browser: accessible, self-contained, inside its sheet, usable by keys."""

from io import StringIO
from urllib.parse import quote

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Article, Event
from events.tests.browser.cases import ALL_RULES, CONTRAST, NARROW, WIDE, BrowserTestCase
from events.tests.factories import make_event
from events.tests.whole_article import make_whole_article

# From the content's beginning to the first hit: the fields of the form, with the parts of their dates.
MOST_STOPS = 20


class PublicPagesTests(BrowserTestCase):
    def addresses(self, article: Article) -> dict[str, str]:
        """One address of each kind of page."""
        public = Event.objects.public(now=timezone.now())
        event = public.filter(cover__isnull=False, updated_at__isnull=False, language="en").latest("date")
        retracted = Event.objects.get(state=Event.State.RETRACTED)
        first, second = event.contexts.order_by("slug").values_list("slug", flat=True)[:2]
        return {
            "front": "/",
            "archive": "/news/",
            "year": f"/news/{event.date:%Y}/",
            "month": f"/news/{event.date:%Y/%m}/",
            "day": f"/news/{event.date:%Y/%m/%d}/",
            "day without events": "/news/1901/02/03/",
            "event": event.get_absolute_url(),
            "event written from right to left": public.get(language="ar").get_absolute_url(),
            "event in Chinese": public.filter(language__startswith="zh").first().get_absolute_url(),
            "retracted": retracted.get_absolute_url(),
            "contexts": "/contexts/",
            "context": f"/contexts/{first}/",
            "contexts together": f"/contexts/{first}+{second}/",
            "stories": "/stories/",
            "story line": "/stories/covid-19-pandemic/",
            "story line in a frame": "/stories/covid-19-pandemic/embed/",
            "article": article.get_absolute_url(),
            "articles": "/opinion/",
            "profile": article.profiles.first().get_absolute_url(),
            "profiles": "/profiles/",
            "event of an article": article.events.first().get_absolute_url(),
            "sources": "/sources/",
            "source": "/sources/bbc.com/",
            "search": "/search/?q=space",
            "search without an answer": "/search/?q=zzzzzz",
            "search with a problem": "/search/?q=space&from=2023-02-29",
            "about": "/about/",
            "api": "/api/",
            "not found": "/none/",
            "bad request": "/contexts/?before=nothing",
        }

    def test_every_kind_of_page(self):
        call_command("load_demo", stdout=StringIO())
        for name, address in self.addresses(make_whole_article()).items():
            with self.subTest(name):
                self.colours("light")
                self.page.set_viewport_size(NARROW)
                self.page.goto(self.live_server_url + quote(address, safe="/?=&+%"))
                self.assert_fits()
                self.assert_accessible(ALL_RULES)
                self.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
                self.assert_fits()
                self.page.evaluate("() => { document.documentElement.style.fontSize = '' }")
                self.page.set_viewport_size(WIDE)
                self.assert_fits()
                self.colours("dark")
                self.assert_accessible(CONTRAST)
        self.assertEqual(self.complaints, [])
        self.assertEqual(self.page.context.cookies(), [])

    def test_a_question_of_one_endless_word(self):
        self.page.set_viewport_size(NARROW)
        self.page.goto(f"{self.live_server_url}/search/?q={'x' * 600}")
        expect(self.page.get_by_text("only its beginning was searched")).to_be_visible()
        expect(self.page.get_by_text("Nothing found")).to_be_visible()
        self.assert_fits()

    def test_reading_by_keys_alone(self):
        make_event("The eclipse begins at noon")
        make_event("A bridge is opened")
        page, press = self.page, self.page.keyboard.press
        page.goto(self.live_server_url)
        for words in ("Skip to the content", "Skip to the search"):
            press("Tab")
            link = page.get_by_role("link", name=words)
            expect(link).to_be_focused()
            expect(link).to_be_in_viewport()
        press("Enter")
        field = page.get_by_role("searchbox", name="Search the chronicle")
        expect(field).to_be_focused()
        self.assertNotEqual(field.evaluate("field => getComputedStyle(field).outlineStyle"), "none")
        page.keyboard.type("eclipse")
        press("Enter")
        page.wait_for_url("**/search/?q=eclipse")
        press("Tab")
        press("Enter")
        result = page.get_by_role("link", name="The eclipse begins at noon")
        for _field in range(MOST_STOPS):
            press("Tab")
            if result.evaluate("link => link === document.activeElement"):
                break
        expect(result).to_be_focused()
        press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("The eclipse begins at noon")
        self.assertEqual(self.complaints, [])
