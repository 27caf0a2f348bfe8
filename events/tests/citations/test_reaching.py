"""No address leads the fetcher into a network that is not the public one."""

import ipaddress

from django.test import SimpleTestCase

from events.citations.fetching import FetchError, fetch
from events.citations.reaching import is_public
from events.tests.citations.servers import PUBLIC, answer, sending, site

LITERALS = [
    # This machine, in every base and short form that a system's look-up takes.
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1",
    "017700000001", "0177.1", "127.0.0.01", "127.255.255.254", "0", "0.0.0.0", "0x0", "00.00.00.00",  # noqa: S104
    # Private networks, links, carriers, tests, multicast, reserved.
    "10.0.0.1", "10.255.255.255", "167772161", "0xa000001", "012.0.0.1", "172.16.0.1", "172.31.255.254",
    "0xac.16.0.1", "2886729729", "192.168.0.1", "192.168.1.254", "3232235521", "0xc0a80001", "0300.0250.0.1",
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.0.1", "100.64.0.1",
    "100.127.255.254", "192.0.0.1", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.19.255.254",
    "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255",
    # Characters that become digits and dots.
    "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "𝟏𝟐𝟕.𝟎.𝟎.𝟏",
]  # fmt: skip
IN_BRACKETS = [
    "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[2002:7f00:1::]", "[2001:0:0:0::1]",
    "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]",
]  # fmt: skip
OTHERS = [
    "http://localhost/", "http://localhost./", "http://localhost:80/", "file:///etc/passwd",
    "ftp://example.com/", "gopher://127.0.0.1:6379/_FLUSHALL", "dict://127.0.0.1:11211/", "data:text/html,x",
    "javascript:alert(1)", "jar:http://127.0.0.1!/", "//127.0.0.1/", "http:127.0.0.1/",
    "http:///127.0.0.1/", "http://user@127.0.0.1/", "http://example.com@127.0.0.1/",
    "http://127.0.0.1#@example.com/", "http://example.com\\@127.0.0.1/", "http://127.0.0.1\\.example.com/",
    "http://127.0.0.1:22/", "http://example.com:6379/", "http://example.com:25/", "https://example.com:80/",
    "http://example.com:443/", "http://example.com:0/", "http://example.com:99999/", "http://[/", "http://",
    "http://example.com\r\nHost: 127.0.0.1/", "http:// 127.0.0.1/", "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%00.example.com/", "http://-/", "http://..../", "",
]  # fmt: skip
HOSTILE = [
    *(f"http://{host}/" for host in LITERALS),
    *(f"http://{host}/" for host in IN_BRACKETS),
    *OTHERS,
]
NOT_PUBLIC = [
    ["127.0.0.1"], ["::1"], ["10.1.2.3"], ["169.254.169.254"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"],
    ["fd00:ec2::254"], ["2002:7f00:1::"], ["fe80::1%eth0"], [PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [],
]  # fmt: skip


class HostileAddressTests(SimpleTestCase):
    def problem(self, url: str) -> str:
        with self.assertRaises(FetchError) as caught:
            fetch(url)
        return caught.exception.problem

    def test_other_ports_have_a_reason_of_their_own(self):
        with site(sending(answer(b"secret"))) as reached:
            for url in ("http://127.0.0.1:8199/a.html", "http://example.com:443/", "https://example.com:80/"):
                self.assertEqual(self.problem(url), "port", url)
            self.assertEqual(self.problem("ftp://example.com/"), "address")
        self.assertEqual(reached, [])

    def test_nothing_connects_to_what_is_not_public(self):
        self.assertGreaterEqual(len(HOSTILE), 85)
        with site(sending(answer(b"secret"))) as reached:
            for url in HOSTILE:
                with self.subTest(url):
                    # Some are names to the system; without a network nobody can say that there are none.
                    self.assertIn(self.problem(url), ("address", "port", "private", "unknown", "unreachable"))
        self.assertEqual(reached, [])

    def test_names_that_lead_inside_are_refused(self):
        for found in NOT_PUBLIC:
            with (
                self.subTest(found),
                site(sending(answer(b"secret")), names={"in.example": [found]}) as reached,
            ):
                self.assertEqual(self.problem("http://in.example/"), "private")
                self.assertEqual(reached, [])

    def test_name_that_changes_its_mind_gains_nothing(self):
        """Rebinding: whatever a second look-up would say, the connection goes to what was judged."""
        with site(sending(answer(b"page")), names={"re.example": [[PUBLIC], ["127.0.0.1"]]}) as reached:
            self.assertEqual(fetch("http://re.example/").text, "page")
            self.assertEqual(self.problem("http://re.example/"), "private")
        self.assertEqual(reached, [PUBLIC])

    def test_redirects_are_judged_one_by_one(self):
        for target in HOSTILE:
            # An empty one is no redirect, and what has no scheme leads somewhere on the same site.
            if not target.isascii() or "\n" in target or ":" not in target[:11]:
                continue
            with self.subTest(target):
                moved = answer(status="302 Found", Location=target)
                with site(sending(moved), names={"in.example": [["10.0.0.1"]]}) as reached:
                    self.problem("http://out.example/")
                self.assertLessEqual(set(reached), {PUBLIC})

    def test_redirect_to_a_name_that_leads_inside(self):
        moved = answer(status="301 Moved", Location="http://in.example/admin")
        with site(sending(moved), names={"in.example": [["192.168.0.1"]]}) as reached:
            self.assertEqual(self.problem("http://out.example/"), "private")
        self.assertEqual(reached, [PUBLIC])

    def test_redirect_to_the_same_name_is_looked_up_again(self):
        def serve(connection, request: bytes) -> None:
            connection.sendall(answer(status="307 Again", Location="/next"))

        with site(serve, names={"re.example": [[PUBLIC], ["127.0.0.1"]]}) as reached:
            self.assertEqual(self.problem("http://re.example/"), "private")
        self.assertEqual(reached, [PUBLIC])

    def test_public_addresses_are_public(self):
        for text in (PUBLIC, "1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"):
            self.assertTrue(is_public(ipaddress.ip_address(text)), text)
