"""The load generator reads answers rightly and its figures mean what they say."""

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import SimpleTestCase

from bench.load import Connection, Request, Timing, measure, parsed, total


class TimingTests(SimpleTestCase):
    def test_percentile_is_the_nearest_rank(self) -> None:
        timing = Timing(latencies=[number / 1000 for number in range(100, 0, -1)])
        self.assertEqual(timing.percentile(50), 0.050)
        self.assertEqual(timing.percentile(95), 0.095)
        self.assertEqual(timing.percentile(100), 0.100)

    def test_percentile_of_one_answer_is_that_answer(self) -> None:
        self.assertEqual(Timing(latencies=[0.2]).percentile(95), 0.2)

    def test_rate_counts_answers_a_second(self) -> None:
        self.assertEqual(Timing(seconds=2.0, latencies=[0.1] * 10, body_bytes=500).rate, 5.0)
        self.assertEqual(Timing(seconds=2.0, latencies=[0.1] * 10, body_bytes=500).mean_bytes, 50.0)

    def test_measurements_add_up(self) -> None:
        one = Timing(1.0, [0.1], Counter({200: 1}), 10)
        both = total([one, Timing(3.0, [0.2] * 3, Counter({200: 2, 304: 1}), 20)])
        self.assertEqual((both.rate, both.body_bytes), (1.0, 30))
        self.assertEqual(both.statuses, {200: 3, 304: 1})
        self.assertEqual(one.latencies, [0.1])


class ParsedTests(SimpleTestCase):
    def test_answer_is_complete_at_its_content_length(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        self.assertIsNone(parsed(head + b"hell"))
        answer = parsed(head + b"hello")
        self.assertEqual((answer.status, answer.body), (200, b"hello"))

    def test_incomplete_head_is_waited_for(self) -> None:
        self.assertIsNone(parsed(b"HTTP/1.1 200 OK\r\nContent-Le"))

    def test_not_modified_has_no_body(self) -> None:
        answer = parsed(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n')
        self.assertEqual((answer.status, answer.headers), (304, {"etag": '"a"'}))

    def test_chunks_are_joined(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.assertIsNone(parsed(head + b"3\r\nabc\r\n"))
        self.assertEqual(parsed(head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").body, b"abcde")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = f"{self.path} {self.headers.get('X-Word', '')}".encode()
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing on the tests' terminal."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


class TestMeasure:
    def test_headers_are_sent(self, port: int) -> None:
        line = Connection(port)
        assert line.get(Request("/a", (("X-Word", "hello"),))).body == b"/a hello"
        line.close()

    @pytest.mark.parametrize("connections", [1, 3])
    def test_every_connection_is_kept_busy(self, port: int, connections: int) -> None:
        timing = measure(port, [Request("/a"), Request("/b")], seconds=0.05, connections=connections)
        assert len(timing.latencies) >= connections
        assert timing.statuses == {200: len(timing.latencies)}
        assert timing.mean_bytes == len("/a ")
        assert 0.05 <= timing.seconds < 5

    def test_wrong_page_is_an_error(self, port: int) -> None:
        with pytest.raises(RuntimeError, match="404"):
            measure(port, [Request("/gone")], seconds=0.01)
