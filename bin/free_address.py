"""Prints in numbers the address that HOST and PORT name, or says why nothing can listen there.

The server takes no names, and would share the port with another newsroom of the same user: each of the two
would answer some of the requests, from its own database.
"""

import socket
import sys


def free_address(host: str, port: str) -> str:
    """:raises OSError: where there is no such address, or something listens there already."""
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise OSError(f"{port!r} is no port")
    found = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    # "localhost" may be both; browsers try both.
    family, kind, protocol, _name, address = min(found, key=lambda one: one[0] != socket.AF_INET)
    with socket.socket(family, kind, protocol) as probe:
        # As the server's own: what a former one has left closing is not in the way.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
    return address[0]


if __name__ == "__main__":
    host, port = sys.argv[1:]
    try:
        sys.stdout.write(f"{free_address(host, port)}\n")
    except OSError as error:
        sys.exit(
            f"Nothing can listen on {host}, port {port}: {error.strerror or error}."
            " HOST and PORT choose another address: PORT=8001 bin/serve."
        )
