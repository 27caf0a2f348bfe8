"""Canonical addresses and publishers' hosts."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.citations.urls import MAX_URL_LENGTH, canonical_url, host_of, is_web_url, split_url

_GARBAGE = (
    "",
    "garbage",
    "http://",
    "http://[::1",
    "javascript:alert(1)",
    "http://a.b:99999/",
    "http://a b",
    "//",
)


class CanonicalUrlTests(SimpleTestCase):
    def test_spellings_of_one_address_are_equal(self):
        expected = "https://example.com/a/b?x=1&y=2"
        for url in (
            "http://example.com/a/b?x=1&y=2",
            " HTTPS://WWW.Example.com:443/a/b/?y=2&x=1#part ",
            "http://m.example.com/a/./c/../%62?utm_source=t&x=1&y=2&fbclid=z",
            "https://user@example.com./a/b?x=1&feedType=RSS&feedName=topNews&y=2",
            "https://web.archive.org/web/20160221000000/http://example.com/a/b?x=1&y=2",
            "https://web.archive.org/web/20160221000000if_/http:/example.com/a/b?x=1&y=2",
            "//example.com/a/b?x=1&y=2",
        ):
            self.assertEqual(canonical_url(url), expected, url)

    def test_other_pages_stay_apart(self):
        self.assertNotEqual(canonical_url("https://e.com/a?id=1"), canonical_url("https://e.com/a?id=2"))
        self.assertNotEqual(canonical_url("https://e.com/A"), canonical_url("https://e.com/a"))
        self.assertNotEqual(canonical_url("https://e.com:8080/"), canonical_url("https://e.com/"))
        self.assertNotEqual(canonical_url("https://e.com/a%2Fb"), canonical_url("https://e.com/a/b"))

    def test_it_is_ascii(self):
        self.assertEqual(
            canonical_url("http://münchen.de/ü?q=ä"), "https://xn--mnchen-3ya.de/%C3%BC?q=%C3%A4"
        )

    def test_garbage_gives_nothing(self):
        for url in _GARBAGE:
            self.assertEqual(canonical_url(url), "", url)
        self.assertEqual(canonical_url("https://e.com/" + "a" * MAX_URL_LENGTH), "")

    @given(st.one_of(st.text(), st.text(alphabet="ab%2/.?&=#é:@[]").map("http://e.com/{}".format)))
    def test_it_never_raises_and_is_stable(self, url):
        canonical = canonical_url(url)
        self.assertTrue(canonical.isascii())
        self.assertEqual(canonical_url(canonical), canonical)
        host_of(url)


class HostOfTests(SimpleTestCase):
    def test_ways_to_the_same_pages_are_left_out(self):
        for url, host in {
            "http://www.bbc.com/news": "bbc.com",
            "https://edition.cnn.com/x": "cnn.com",
            "https://m.example.org:8443/": "example.org",
            "https://m.co/": "m.co",
            "https://web.archive.org/web/2016/http://www.bbc.co.uk/news": "bbc.co.uk",
            "https://web.archive.org/about/": "web.archive.org",
            "https://www.google.com/amp/s/www.cbsnews.com/amp/x": "cbsnews.com",
        }.items():
            self.assertEqual(host_of(url), host)

    def test_garbage_gives_nothing(self):
        for url in _GARBAGE:
            self.assertEqual(host_of(url), "", url)


class IsWebUrlTests(SimpleTestCase):
    def test_what_readers_can_follow(self):
        self.assertTrue(is_web_url("https://example.com/ü?q=1"))
        self.assertEqual(split_url("https://example.com/a").path, "/a")

    def test_what_they_cannot(self):
        for url in (
            *_GARBAGE,
            "ftp://e.com",
            "//e.com",
            "https://bbc.com@evil.org/",
            "https://e.com/a b",
            "https://e",
        ):
            self.assertFalse(is_web_url(url), url)
