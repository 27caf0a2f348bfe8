"""Connections to the public internet and to nothing else, with an end to their patience.

Addresses come from editors and from pages of strangers, so a name may lead anywhere, even into our own
network. A name is looked up once, every address that it has is judged, and the connection goes to one that
was: a name that answers otherwise the next time (DNS rebinding) gains nothing.
"""

import http.client
import io
import ipaddress
import queue
import socket
import ssl
import threading
import time
from functools import cache

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Ranges that carry or translate to others, and that Python calls global in some of its versions.
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        [
            "100.64.0.0/10",  # carriers' own networks (RFC 6598)
            "192.0.0.0/24",  # protocol assignments (RFC 6890)
            "192.88.99.0/24",  # 6to4 relays (RFC 7526)
            "::/96",  # IPv4-compatible (RFC 4291)
            "64:ff9b::/96",  # NAT64 (RFC 6052)
            "64:ff9b:1::/48",  # NAT64 within a network (RFC 8215)
            "2001::/23",  # Teredo and other assignments (RFC 2928)
            "2002::/16",  # 6to4 (RFC 3056)
            "3fff::/20",  # documentation (RFC 9637)
            "5f00::/16",  # segment routing (RFC 9602)
            "fec0::/10",  # site-local (RFC 3879)
        ],
    )
)


class NotPublic(Exception):
    """The name leads to an address that is not of the public internet."""


class TooMuch(http.client.HTTPException):
    """More has come in than is taken."""


class Clock:
    """What is left of the seconds and bytes that somebody was given. Waits and reads ask it each time."""

    def __init__(self, seconds: float, most_bytes: int) -> None:
        self.end = time.monotonic() + seconds
        self.bytes_left = most_bytes

    def take(self, count: int) -> None:
        """So many bytes have come in. Raises TooMuch when they are over."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise TooMuch

    def left(self) -> float:
        """Seconds left, always above 0. Raises TimeoutError when they are over."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def is_public(address: IPAddress) -> bool:
    """Whether the address is one of the public internet's (IANA's special-purpose registries)."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address.version == net.version and address in net for net in _NOT_PUBLIC)
    )


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name, as text. Raises OSError. Patient without end: `addresses_of` is not."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def addresses_of(host: str, port: int, clock: Clock) -> list[str]:
    """The addresses of a name, all of them public. Raises NotPublic, OSError, TimeoutError."""
    # The system's look-up cannot be told when to give up. A thread that hangs in it is left behind.
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look_up(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="look-up").start()
    try:
        found = answers.get(timeout=clock.left())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise OSError(str(found)) from found
    if not found or not all(is_public(ipaddress.ip_address(text.partition("%")[0])) for text in found):
        raise NotPublic(host)
    return found


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address that was judged. The only place that opens one."""
    return socket.create_connection((address, port), timeout=seconds)


class Connection(http.client.HTTPConnection):
    """An HTTP connection to a host by one of its judged addresses, until the clock runs out."""

    def __init__(self, host: str, port: int, *, is_secure: bool, clock: Clock) -> None:
        super().__init__(host, port)
        self.default_port = 443 if is_secure else 80
        self.is_secure, self.clock = is_secure, clock
        self.raw: socket.socket | None = None

    def connect(self) -> None:
        self.raw = self.open()
        if self.is_secure:
            self.raw.settimeout(self.clock.left())
            self.raw = _tls().wrap_socket(self.raw, server_hostname=self.host)
        self.sock = _Clocked(self.raw, self.clock)

    def hang_up(self) -> None:
        """Close the connection for good. `http.client` calls `close` before an answer has been read."""
        if self.raw:
            self.raw.close()

    def open(self) -> socket.socket:
        failure: OSError = OSError("no address")
        for address in addresses_of(self.host, self.port, self.clock):
            try:
                return connect(address, self.port, self.clock.left())
            except OSError as error:
                failure = error
        raise failure


class _Clocked:
    """The part of a socket that `http.client` uses; each wait is at most what is left."""

    def __init__(self, raw: socket.socket, clock: Clock) -> None:
        self.raw, self.clock = raw, clock

    def sendall(self, data: bytes) -> None:
        self.raw.settimeout(self.clock.left())
        self.raw.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        """Nothing: whoever made the connection hangs up."""


class _Reader(io.RawIOBase):
    """Bytes as they come in. One byte every few seconds comes to an end, too."""

    def __init__(self, sock: _Clocked) -> None:
        self.sock = sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self.sock.raw.settimeout(self.sock.clock.left())
        count = self.sock.raw.recv_into(buffer)
        self.sock.clock.take(count)
        return count


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
