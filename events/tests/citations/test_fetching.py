"""Whatever a site sends, a fetch ends in time, within its bytes, and with a page or a reason."""

import contextlib
import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from inspect import signature
from unittest import mock

from django.test import SimpleTestCase

from events.citations import reaching
from events.citations.fetching import MOST_BYTES, FetchError, fetch
from events.tests.citations.servers import answer, sending, site

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SECONDS, MOST_SECONDS = 0.5, 8
LARGEST_READ = 65_536


def drip(before: bytes, piece: bytes, every: float = 0.05):
    """Sends the beginning, then a piece for ever."""

    def serve(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(before)
        with contextlib.suppress(OSError):
            while True:
                connection.sendall(piece)
                time.sleep(every)

    return serve


def flood(before: bytes, piece: bytes):
    return drip(before, piece, every=0)


def silence(_connection: socket.socket, _request: bytes) -> None:
    time.sleep(SECONDS * 3)


BOMB = gzip.compress(b"\0" * 100_000_000, 9)
DOUBLE_BOMB = gzip.compress(BOMB)
# What is sent, and the problem that it makes: "" where a page is found all the same; one of two where it
# depends on the machine whether the bytes or the seconds are over first.
HOSTILE = {
    "bomb of gzip": (sending(answer(BOMB, Content_Encoding="gzip")), ""),
    "bomb in a bomb": (sending(answer(DOUBLE_BOMB, Content_Encoding="gzip, gzip")), "broken"),
    "bomb of deflate": (sending(answer(zlib.compress(b"a" * 50_000_000), Content_Encoding="deflate")), ""),
    "broken gzip": (sending(answer(b"no gzip at all", Content_Encoding="gzip")), "broken"),
    "unknown coding": (sending(answer(b"x", Content_Encoding="br")), "broken"),
    "drip of the body": (drip(HEAD + b"\r\n", b"x"), "slow"),
    "drip of a chunk": (drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), "slow"),
    "drip of the headers": (drip(HEAD + b"X-Long: ", b"x"), "slow"),
    "drip of header lines": (drip(HEAD, b"X: y\r\n"), "slow"),
    "drip of a status": (drip(b"", b"H"), "slow"),
    "silence": (silence, "slow"),
    "endless body": (flood(HEAD + b"\r\n", b"<p>" * 20_000), ""),
    "endless chunks": (
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n"), "",
    ),
    "endless header": (flood(HEAD + b"X: ", b"x" * 65536), "broken"),
    "endless headers": (flood(HEAD, b"X: y\r\n" * 1000), "broken"),
    "endless interim answers": (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), "broken or slow"),
    "mostly marks of chunks": (
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 1000),
        "broken or slow",
    ),
    "giant line": (sending(answer(b"<title>" + b"x" * 5_000_000)), ""),
    "chunk of no size": (sending(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "broken"),
    "negative length": (sending(HEAD + b"Content-Length: -5\r\n\r\nx"), ""),
    "wrong length": (sending(HEAD + b"Content-Length: 999\r\n\r\nx"), ""),
    "redirect to itself": (sending(answer(status="302 Found", Location="/")), "redirects"),
    "redirect without end": (
        lambda connection, request: connection.sendall(
            answer(status="302 Found", Location=request.split()[1].decode() + "x")
        ), "redirects",
    ),
    "no HTTP": (sending(b"SSH-2.0-OpenSSH_9\r\n\r\n"), "broken"),
    "nothing": (sending(b""), "broken"),
    "picture": (sending(answer(b"\x89PNG", kind="image/png")), "kind"),
    "no kind": (sending(b"HTTP/1.1 200 OK\r\n\r\nhello"), "kind"),
    "unknown charset": (sending(answer(b"x\xff", kind="text/html; charset=klingon")), ""),
    "charset that is a codec": (sending(answer(b"x" * 10_000, kind="text/html; charset=punycode")), ""),
    "charset that is none": (sending(answer(b"x", kind="text/html; charset=zlib")), ""),
    "wrong charset": (sending(answer("é".encode("latin-1"), kind="text/html; charset=utf-8")), ""),
    "not found": (sending(answer(status="404 Not Found")), "gone"),
    "gone": (sending(answer(status="410 Gone")), "gone"),
    "paywall": (sending(answer(status="403 Forbidden")), "refused"),
}  # fmt: skip


def seconds_for(problem: str) -> float:
    """What never ends is given up soon; all else has the time that it may need on a busy machine."""
    return SECONDS if "slow" in problem else MOST_SECONDS


@contextlib.contextmanager
def counted() -> Iterator[list[int]]:
    """The bytes of each read from a connection."""
    received: list[int] = []
    read = reaching._Reader.readinto

    def readinto(self, buffer) -> int:
        assert len(buffer) <= LARGEST_READ
        received.append(len(buffer))
        count = read(self, buffer)
        received[-1] = count
        return count

    with mock.patch.object(reaching._Reader, "readinto", readinto):
        yield received


class HostileBodyTests(SimpleTestCase):
    def test_every_one_comes_to_an_end(self):
        self.assertGreaterEqual(len(HOSTILE), 20)
        self.assertEqual(
            (signature(fetch).parameters["seconds"].default, MOST_BYTES), (MOST_SECONDS, 2_000_000)
        )
        for name, (serve, problem) in HOSTILE.items():
            seconds = seconds_for(problem)
            with self.subTest(name), site(serve), counted() as received:
                begin, found = time.monotonic(), ""
                try:
                    page = fetch("http://site.example/", seconds=seconds)
                    self.assertLessEqual(len(page.text), MOST_BYTES)
                except FetchError as error:
                    found = error.problem
                self.assertIn(found, problem.split(" or "))
                self.assertLess(time.monotonic() - begin, seconds + 1)
                # One read more than is taken may have come in.
                self.assertLessEqual(sum(received), 2 * 1024 * 1024 + LARGEST_READ)

    def test_bomb_is_never_unpacked(self):
        with site(sending(answer(BOMB, Content_Encoding="gzip"))):
            tracemalloc.start()
            fetch("http://site.example/")
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        self.assertLess(peak, 20_000_000)

    def test_time_is_for_all_redirects_together(self):
        def serve(connection: socket.socket, request: bytes) -> None:
            time.sleep(0.4)
            connection.sendall(answer(status="302 Found", Location=request.split()[1].decode() + "x"))

        begin = time.monotonic()
        with site(serve), self.assertRaisesMessage(FetchError, "slow"):
            fetch("http://site.example/", seconds=1)
        self.assertLess(time.monotonic() - begin, 1.5)

    def test_only_an_answer_says_that_there_is_no_such_host(self):
        told = {socket.EAI_NONAME: "unknown", socket.EAI_AGAIN: "unreachable", socket.EAI_FAIL: "unreachable"}
        for code, problem in told.items():
            failure = mock.patch.object(reaching, "look_up", side_effect=socket.gaierror(code, "no"))
            with self.subTest(code), failure, self.assertRaisesMessage(FetchError, problem):
                fetch("http://site.example/")

    def test_look_up_that_hangs_is_left_behind(self):
        names = {"hang.example": hanging()}
        begin = time.monotonic()
        with site(sending(answer(b"x")), names=names), self.assertRaisesMessage(FetchError, "slow"):
            fetch("http://hang.example/", seconds=0.3)
        self.assertLess(time.monotonic() - begin, 1)


def hanging():
    time.sleep(1)
    yield []


class FetchTests(SimpleTestCase):
    def test_page_by_redirect(self):
        def serve(connection: socket.socket, request: bytes) -> None:
            if request.startswith(b"GET /a?b=%C3%A9 "):
                connection.sendall(answer(status="301 Moved", Location="/caf\xc3\xa9#top"))
            elif request.startswith(b"GET /caf%C3%A9 "):
                connection.sendall(answer(gzip.compress("Grüße".encode()), Content_Encoding="gzip"))

        with site(serve):
            page = fetch("http://site.example/a?b=é")
        self.assertEqual((page.url, page.text), ("http://site.example/caf%C3%A9", "Grüße"))

    def test_request_names_host_and_agent_and_no_cookie(self):
        seen: list[bytes] = []

        def serve(connection: socket.socket, request: bytes) -> None:
            seen.append(request)
            connection.sendall(answer(b"x"))

        with site(serve):
            fetch("http://site.example/")
        self.assertIn(b"\r\nHost: site.example\r\n", seen[0])
        self.assertIn(b"\r\nUser-Agent: ", seen[0])
        self.assertNotIn(b"Cookie", seen[0])

    def test_text_by_mark_header_and_meta(self):
        for body, kind in (
            ("\ufeff中文".encode(), "text/html; charset=latin-1"),
            ("中文".encode("gbk"), "text/html; charset=gb2312"),
            ("<meta charset='big5'>中文".encode("big5"), "text/html"),
            ("中文".encode(), "text/html"),
        ):
            with self.subTest(kind), site(sending(answer(body, kind=kind))):
                self.assertTrue(fetch("http://site.example/").text.endswith("中文"))

    def test_answer_of_tls_that_is_none(self):
        with site(sending(answer(b"x"))), self.assertRaisesMessage(FetchError, "insecure"):
            fetch("https://site.example/")
