from django.contrib.auth.models import User
from django.test import SimpleTestCase, TestCase, override_settings

from events.conf import conf


class HeaderTests(SimpleTestCase):
    def setUp(self):
        self.response = self.client.get("/healthz")

    def test_the_content_security_policy_allows_nothing_inline_and_nobody_else(self):
        policy = self.response["Content-Security-Policy"]
        self.assertNotIn("unsafe", policy)
        self.assertNotIn("http", policy)
        for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            self.assertIn(rule, policy)

    def test_browser_features_are_off(self):
        self.assertIn("geolocation=()", self.response["Permissions-Policy"])

    def test_a_reader_gets_no_cookie(self):
        self.assertEqual(self.response.cookies, {})


class HostTests(TestCase):
    """The site has one origin, `SITE_URL`, whatever name a client calls it by."""

    def test_unknown_host_is_refused(self):
        for host in (
            "evil.example",
            "127.0.0.1.evil.example",
            "evil.example:80",
            "127.0.0.1@evil.example",
            "a b",
        ):
            with self.subTest(host), self.assertLogs("django.security.DisallowedHost"):
                response = self.client.get("/news/", headers={"Host": host})
                self.assertEqual(response.status_code, 400)
                self.assertNotIn("evil", response.content.decode())
                self.assertEqual(response["Cache-Control"], "no-store")

    def test_page_names_the_origin_and_never_the_host_it_was_asked_at(self):
        asked = {"Host": "localhost", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
        for path in (
            "/",
            "/feeds/news.rss",
            "/feeds/news.atom",
            "/feeds/news.json",
            "/sitemap.xml",
            "/robots.txt",
        ):
            response = self.client.get(path, headers=asked)
            self.assertEqual(response.status_code, 200, path)
            for name in ("//localhost", "evil"):
                self.assertNotIn(name, response.content.decode(), path)
            self.assertIn(conf.SITE_URL, response.content.decode(), path)

    def test_redirects_stay_on_the_host(self):
        for path in (
            "/news",
            "/news/index.html",
            "//evil.example/news/",
            "/admin/login/?next=//evil.example/",
        ):
            location = self.client.get(path).get("Location", "/")
            self.assertTrue(location.startswith("/") and not location.startswith("//"), location)


@override_settings(AXES_ENABLED=True, AXES_FAILURE_LIMIT=3)
class LoginTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ines", password="right")

    def log_in(self, password: str, address: str = "192.0.2.1") -> int:
        form = {"username": "ines", "password": password}
        return self.client.post("/admin/login/", form, REMOTE_ADDR=address).status_code

    def test_the_cookies_are_the_editors_only(self):
        form = {"username": "ines", "password": "right"}
        response = self.client.post("/admin/login/?next=/admin/", form)
        self.assertRedirects(response, "/admin/")
        self.assertEqual({cookie["path"] for cookie in response.cookies.values()}, {"/admin/"})

    def test_guessing_is_stopped_and_others_are_not(self):
        self.assertEqual([self.log_in("wrong") for _ in range(3)], [200, 200, 429])
        self.assertEqual(self.log_in("right"), 429)
        self.assertEqual(self.log_in("right", address="192.0.2.2"), 302)
