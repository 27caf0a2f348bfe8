"""Asks a server the same pages again and again for a while, and times every answer.

A client of our own, because it has to follow many addresses in turn, on keep-alive connections, and must cost
little: it reads just enough of HTTP/1.1 to find the end of an answer.
"""

import math
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

WARM_UP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Request:
    """A path, percent-encoded, with the header lines it is asked with."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()

    def encoded(self, host: str) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {host}", *(f"{k}: {v}" for k, v in self.headers)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


@dataclass(slots=True)
class Timing:
    """What was measured: every answer's seconds, the span they came in, and the bytes of all bodies."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    body_bytes: int = 0

    def add(self, other: "Timing") -> None:
        """Take in the answers of another measurement."""
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.statuses += other.statuses
        self.body_bytes += other.body_bytes

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    @property
    def mean_bytes(self) -> float:
        return self.body_bytes / len(self.latencies)

    def percentile(self, percent: float) -> float:
        """The latency in seconds that `percent` of the answers did not exceed (nearest rank)."""
        ordered = sorted(self.latencies)
        return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def total(timings: Iterable[Timing]) -> Timing:
    """Join several measurements into one."""
    sum_of_all = Timing()
    for timing in timings:
        sum_of_all.add(timing)
    return sum_of_all


@dataclass(slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One keep-alive connection with at most one request under way."""

    def __init__(self, port: int, *, timeout: float = 60.0) -> None:
        self.host = f"127.0.0.1:{port}"
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sent_at = 0.0

    def send(self, request: Request) -> None:
        self.buffer = b""
        data = request.encoded(self.host)
        self.sent_at = time.perf_counter()
        self.socket.sendall(data)

    def receive(self) -> Answer | None:
        """Read what has come; return the answer once it is complete.

        Raises ConnectionError where the server closes before the end.
        """
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed the connection within an answer")
        self.buffer += data
        return parsed(self.buffer)

    def get(self, request: Request) -> Answer:
        """Send and wait."""
        self.send(request)
        while (answer := self.receive()) is None:
            pass
        return answer

    def close(self) -> None:
        self.socket.close()


def parsed(data: bytes) -> Answer | None:
    """Read an HTTP/1.1 answer, or return None while it is incomplete."""
    head, separator, body = data.partition(b"\r\n\r\n")
    if not separator:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    status = int(first.split(" ", 2)[1])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if status in (204, 304):
        return Answer(status, headers, b"")
    if headers.get("transfer-encoding") == "chunked":
        return Answer(status, headers, unchunked(body)) if body.endswith(b"0\r\n\r\n") else None
    if len(body) < int(headers["content-length"]):
        return None
    return Answer(status, headers, body)


def unchunked(body: bytes) -> bytes:
    """Join the chunks of a complete chunked body (RFC 9112, section 7.1)."""
    parts = []
    while True:
        size, _, body = body.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        if not length:
            return b"".join(parts)
        parts.append(body[:length])
        body = body[length + 2 :]


def measure(
    port: int, requests: Sequence[Request], *, seconds: float, connections: int = 1, expected: int = 200
) -> Timing:
    """Ask `requests` in turn for `seconds`, after each was asked once on every connection to warm up.

    Warming up ends early after `WARM_UP_SECONDS`, on a site so slow that it has nothing to keep.
    Raises RuntimeError where an answer has not the status `expected`: a wrong page is often a fast one.
    """
    lines = [Connection(port) for _ in range(connections)]
    try:
        for line in lines:
            warm(line, requests)
        timing = timed(lines, cycle(requests), seconds)
    finally:
        for line in lines:
            line.close()
    if set(timing.statuses) != {expected}:
        raise RuntimeError(f"{requests[0].path} and the like answered {dict(timing.statuses)}")
    return timing


def warm(line: Connection, requests: Sequence[Request]) -> None:
    end = time.perf_counter() + WARM_UP_SECONDS
    for request in requests:
        line.get(request)
        if time.perf_counter() > end:
            break


def timed(lines: Sequence[Connection], requests: Iterator[Request], seconds: float) -> Timing:
    """Keep every connection busy until the time is over; at least one answer each is waited for."""
    timing = Timing()
    with selectors.DefaultSelector() as selector:
        start = time.perf_counter()
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send(next(requests))
        busy = len(lines)
        while busy:
            for key, _ in selector.select(timeout=60):
                line = key.data
                answer = line.receive()
                if answer is None:
                    continue
                now = time.perf_counter()
                timing.latencies.append(now - line.sent_at)
                timing.statuses[answer.status] += 1
                timing.body_bytes += len(answer.body)
                timing.seconds = now - start
                if timing.seconds < seconds:
                    line.send(next(requests))
                else:
                    busy -= 1
    return timing
