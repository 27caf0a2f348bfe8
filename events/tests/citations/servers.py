"""Sites for tests: names that lead to public addresses, behind which a server of the test answers."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from unittest import mock

from events.citations import reaching

PUBLIC = "93.184.216.34"
Serve = Callable[[socket.socket, bytes], None]


def answer(body: bytes = b"", *, status: str = "200 OK", kind: str = "text/html", **headers: str) -> bytes:
    """An HTTP answer; header names with `_` for `-`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def request_of(connection: socket.socket) -> bytes:
    """What a client sends first: a whole request, or how it greets a server of TLS."""
    received = b""
    while (
        not received.startswith(b"\x16") and b"\r\n\r\n" not in received and (part := connection.recv(65536))
    ):
        received += part
    return received


@contextlib.contextmanager
def site(serve: Serve, *, names: dict[str, list[list[str]]] | None = None) -> Iterator[list[str]]:
    """Let every connection to `PUBLIC` reach `serve`; gives the list of addresses that were connected to.

    `names` maps a host to what its look-ups answer, one after the other, the last one again and again. A host
    without an entry leads to `PUBLIC`, an address to itself.
    """
    turns = {host: iter(found) for host, found in (names or {}).items()}
    last: dict[str, list[str]] = {}
    reached: list[str] = []
    real_look_up = reaching.look_up
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]

    def look_up(host: str, port: int) -> list[str]:
        if host in turns:
            last[host] = next(turns[host], last.get(host, []))
            return last[host]
        return real_look_up(host, port) if host[-1].isdigit() or host.startswith("0x") else [PUBLIC]

    def connect(address: str, _port: int, seconds: float) -> socket.socket:
        reached.append(address)
        return socket.create_connection(("127.0.0.1", port), timeout=seconds)

    def work() -> None:
        while True:
            try:
                connection, _peer = server.accept()
            except OSError:
                return
            threading.Thread(target=handle, args=(connection,), daemon=True).start()

    def handle(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            serve(connection, request_of(connection))

    threading.Thread(target=work, daemon=True).start()
    with mock.patch.object(reaching, "look_up", look_up), mock.patch.object(reaching, "connect", connect):
        try:
            yield reached
        finally:
            server.close()


def sending(data: bytes) -> Serve:
    return lambda connection, _request: connection.sendall(data)
