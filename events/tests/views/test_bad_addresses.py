"""Wrong, hostile and unpadded addresses: each is answered in words, none with an error of ours."""

from datetime import date
from urllib.parse import quote

from django.test import TestCase

from events.tests.addresses_of import event_addresses, with_formats
from events.tests.factories import make_event

HOSTILE = (
    "%00",
    "a%00b",
    "%0a",
    "a%0Ab",
    "%0d%0aSet-Cookie:%20a=b",
    "%ff%fe",
    "%c0%80",
    "%ed%a0%80",
    "..",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "%25%32%65",
    "'\"><script>alert(1)</script>",
    "%F0%9F%92%A9",
    "%E2%80%AE",
    "a" * 3000,
    "%E4%B8%AD" * 800,
    "a+" * 500,
    "+",
    "++",
    "9" * 5000,
    "{{7*7}}%s%n",
    " ",
    "%3F",
    "%23",
    "a%2Fb",
    "a%3Fb=c",
    ".",
    ".md",
    "-1",
    "1e9",
    "𝟚𝟘𝟙𝟞",
)
PLACES = (
    "/{}",
    "/{}/",
    "/news/{}/",
    "/news/2024/{}/",
    "/news/2024/05/{}/",
    "/news/2024/05/01/{}/",
    "/news/2024/05/01/{}.md",
    "/news/2024/05/01/{}",
    "/news/2024/05/01/a.{}",
    "/e/{}/",
    "/contexts/{}/",
    "/contexts/bridges+{}/",
    "/contexts/{}/feed.rss",
    "/contexts/{}/index.json",
    "/contexts/?kind={}",
    "/contexts/?before={}",
    "/contexts/?after={}",
    "/contexts/bridges/?before={}",
    "/contexts/bridges/?after={}",
    "/sources/{}/",
    "/sources/{}/feed.atom",
    "/sources/?before={}",
    "/sources/reuters.com/?before={}",
    "/news/2024/05/?before={}",
    "/news/2024/05/?before=2024-05-01.{}",
    "/feeds/news.{}",
    "/feeds/news.rss?before={}",
    "/feeds/news.rss?before=1.{}",
    "/search/?q={}",
    "/search/?q=bridge&page={}",
    "/search/?from={}",
    "/search/?to={}",
    "/search/?context={}",
    "/search/?source={}",
    "/search/index.json?q={}",
    "/search/feed.rss?q={}",
    "/search/feed.rss?q=bridge&before={}",
    "/schemas/{}",
    "/sitemap-{}.xml",
    "/sitemap-contexts-{}.xml",
    "/sitemap-2024-{}.xml",
    "/index.{}",
    "/media/{}",
    "/?{}={}",
)


class BadAddressesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.event = make_event(contexts=["Bridges"], sources=[("Reuters", "https://reuters.com/a")])

    def assert_answers(self, path: str, status: int, words: str = "") -> None:
        with self.subTest(path):
            answer = self.client.get(path)
            self.assertEqual(answer.status_code, status)
            if words:
                self.assertContains(answer, words, status_code=status, html=False)

    def test_hostile_addresses_never_break_a_page(self):
        for place in PLACES:
            for text in HOSTILE:
                path = place.replace("{}", text)
                answer = self.client.get(path)
                self.assertIn(answer.status_code, (200, 301, 302, 400, 404), path[:200])
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    self.assertNotIn(b"<script>alert", answer.content, path)
                self.assertNotIn("Set-Cookie", answer)
                location = answer.get("Location", "/")
                self.assertTrue(location.startswith("/") and not location.startswith("//"), location)

    def test_dates_that_do_not_exist(self):
        for path in (
            "/news/0000/",
            "/news/2024/13/",
            "/news/2024/00/",
            "/news/2023/02/29/",
            "/news/2024/04/31/",
            "/news/2024/05/00/",
            "/news/0000/01/01/",
        ):
            for address in with_formats(path):
                self.assert_answers(address, 404)
        for path in (
            "/news/20240/",
            "/news/202/",
            "/news/2024/005/",
            "/news/2024/05/001/",
            "/news/2024-05-01/",
        ):
            self.assert_answers(path, 404)
        self.assert_answers("/news/2023/02/29/", 404, "2023-02-29")
        self.assert_answers("/sitemap-2024-13.xml", 404)
        self.assert_answers("/news/2023/02/29/slug/", 404)

    def test_first_and_last_days_of_the_calendar(self):
        for day in (date(1, 1, 1), date(999, 12, 31), date(9999, 12, 31)):
            event = make_event(f"At an end of time, {day.year}", date=day, contexts=["Ends"])
            year = f"{day.year:04}"
            for path in (f"/news/{year}/", f"/news/{year}/{day:%m}/", f"/news/{year}/{day:%m/%d}/"):
                for address in with_formats(path):
                    self.assert_answers(address, 200)
            self.assertTrue(event.get_absolute_url().startswith(f"/news/{year}/{day:%m/%d}/"))
            for address in event_addresses(event):
                self.assert_answers(address, 200)
            day_page = self.client.get(f"/news/{year}/{day:%m/%d}/index.json").content.decode()
            self.assertIn(event.get_absolute_url(), day_page)
        for path in (
            "/",
            "/news/",
            "/contexts/ends/",
            "/contexts/ends/feed.atom",
            "/feeds/news.rss",
            "/sitemap.xml",
            "/sitemap-pages.xml",
            "/sitemap-0001-01.xml",
            "/sitemap-9999-12.xml",
            "/search/?q=time",
            "/search/?q=time&from=0001-01-01&to=9999-12-31",
            "/news/0001/02/",
            "/news/9999/11/",
            "/news/2000/01/01/",
        ):
            for address in with_formats(path) if path.endswith("/") else [path]:
                text = self.client.get(address).content.decode()
                self.assert_answers(address, 200)
                self.assertNotIn("/news/1/", text, address)
                self.assertNotIn("/news/999/", text, address)

    def test_unpadded_days_redirect_for_ever(self):
        for asked, there in (
            ("/news/2024/5/", "/news/2024/05/"),
            ("/news/2024/5/1/", "/news/2024/05/01/"),
            ("/news/2024/05/1/", "/news/2024/05/01/"),
            ("/news/2024/5/01/", "/news/2024/05/01/"),
            ("/news/2024/5/1/index.json", "/news/2024/05/01/index.json"),
            ("/news/2024/5/index.md", "/news/2024/05/index.md"),
            ("/news/2024/5/?before=2024-05-01.7", "/news/2024/05/?before=2024-05-01.7"),
            ("/news/2024/5/1/a-bridge-is-opened/", "/news/2024/05/01/a-bridge-is-opened/"),
            ("/news/2024/5/1/a-bridge-is-opened.xml", "/news/2024/05/01/a-bridge-is-opened.xml"),
            ("/news/2024/05/01/index.html", "/news/2024/05/01/"),
            ("/index.html", "/"),
            ("/news/2024/05/01/a-bridge-is-opened.html", "/news/2024/05/01/a-bridge-is-opened/"),
            ("/news/2024/05/01", "/news/2024/05/01/"),
            ("/news/2024/05/01/a-bridge-is-opened", "/news/2024/05/01/a-bridge-is-opened/"),
            ("/contexts", "/contexts/"),
            ("/index_rss.xml", "/feeds/news.rss"),
        ):
            with self.subTest(asked):
                self.assertRedirects(
                    self.client.get(asked), there, status_code=301, fetch_redirect_response=False
                )

    def test_unknown_formats_and_feeds(self):
        path = self.event.get_absolute_url()
        for address in (
            f"{path.rstrip('/')}.pdf",
            "/index.pdf",
            "/news/2024/05/01/index.docx",
            "/contexts/index.csv",
        ):
            self.assert_answers(address, 404, "format")
        for address in ("/feeds/news.pdf", "/contexts/bridges/feed.xml", "/sources/reuters.com/feed.md"):
            self.assert_answers(address, 404, "feed")

    def test_bad_cursors_are_explained(self):
        for path in (
            "/contexts/bridges/",
            "/sources/reuters.com/",
            "/news/2024/05/",
            "/contexts/",
            "/sources/",
        ):
            for cursor in ("nonsense", "2024-05-01", "2024-05-01.x", "2024-13-01.1", "2024-05-01.-1", "٢.٢"):
                for side in ("before", "after"):
                    for address in (path, f"{path}index.json"):
                        self.assert_answers(f"{address}?{side}={quote(cursor)}", 400, "page")
            self.assert_answers(f"{path}?before=2024-05-01.1&after=2024-05-01.1", 400)
        for cursor in ("x", "1", "1.x", "9999999999999999999.1", "999999999999999999.1"):
            self.assert_answers(f"/feeds/news.rss?before={cursor}", 400, "page")

    def test_unknown_names(self):
        self.assert_answers("/contexts/nobody/", 404, "nobody")
        self.assert_answers("/contexts/bridges+nobody/", 404)
        self.assert_answers("/contexts/a+b+c+d+e/", 400)
        self.assert_answers("/contexts/?kind=animal", 400, "animal")
        self.assert_answers("/sources/nobody.test/", 404, "nobody.test")
        self.assert_answers("/e/nobody/", 404)
        self.assert_answers("/schemas/settings.py", 404)
        self.assert_answers("/search/?from=yesterday", 400)
        self.assert_answers("/search/?context=nobody", 400)
        self.assert_answers("/search/?q=bridge&page=0", 400)
        self.assert_answers("/search/?q=bridge&page=2", 400)
