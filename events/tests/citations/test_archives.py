"""What an archive answers, and what it may answer, becomes a copy's address, none, or nothing known."""

import json

from django.test import SimpleTestCase

from events.citations.archives import copy_of
from events.tests.citations.servers import answer, site

ARCHIVE = "https://archive.example/available"
COPY = "http://web.archive.org/web/20160221000000/https://www.example.org/a?b=1&c=2"


def told(closest: object) -> bytes:
    return json.dumps({"archived_snapshots": {"closest": closest}}).encode()


class CopyTests(SimpleTestCase):
    def copy(
        self, body: bytes, *, archive: str = ARCHIVE.replace("https", "http"), **head: str
    ) -> str | None:
        self.asked = []

        def serve(connection, request: bytes) -> None:
            self.asked.append(request.split(b"\r\n")[0].decode())
            connection.sendall(answer(body, **{"kind": "application/json"} | head))

        with site(serve):
            return copy_of("https://www.example.org/a?b=1&c=2", archive=archive, seconds=2)

    def test_copy_with_tls(self):
        self.assertEqual(
            self.copy(told({"available": True, "url": COPY})), COPY.replace("http://web", "https://web")
        )
        self.assertEqual(
            self.asked,
            ["GET /available?url=https%3A%2F%2Fwww.example.org%2Fa%3Fb%3D1%26c%3D2 HTTP/1.1"],
        )

    def test_none(self):
        for body in (b'{"archived_snapshots": {}}', told({"available": False, "url": COPY}), told({})):
            with self.subTest(body):
                self.assertEqual(self.copy(body), "")

    def test_nothing_known(self):
        for body in (
            b"", b"{", b"[]", b"1", b'{"archived_snapshots": []}', told([]), told("x"), b"[" * 50_000,
            told({"available": True, "url": "javascript:alert(1)"}),
            told({"available": True, "url": 7}),
            told({"available": True, "url": f"https://archive.example/{'x' * 2000}"}),
        ):  # fmt: skip
            with self.subTest(body[:80]):
                self.assertIsNone(self.copy(body))
        self.assertIsNone(self.copy(told({}), kind="text/html"))
        self.assertIsNone(self.copy(told({}), status="503 Service Unavailable"))
        self.assertIsNone(self.copy(told({}), archive="http://127.0.0.1/available"))
        self.assertEqual(self.asked, [])
