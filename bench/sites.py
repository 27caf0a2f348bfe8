"""The three sites: how each is filled, and served by the same server as `bin/serve`."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# As in bin/serve.
WORKERS, THREADS = 2, 4
FACTORY = ("django.core.wsgi:get_wsgi_application", "--factory")


@dataclass(frozen=True, slots=True)
class Site:
    """One of the sites: its settings and what the server is told to serve."""

    name: str
    settings: str
    application: tuple[str, ...]


CHRONICLE = Site("chronicle", "bench.chronicle_settings", ("newsroom.wsgi:application",))
TUTORIAL = Site("tutorial", "bench.tutorial.settings", FACTORY)
HELLO = Site("hello", "bench.hello.settings", FACTORY)


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds on the clock, and bytes of memory at its highest."""

    seconds: float
    peak_bytes: int
    output: str


def environment(site: Site, **extra: str) -> dict[str, str]:
    """Return this shell's environment without a newsroom's settings and with the site's own."""
    ours = ("EVENTS_", "NEWSROOM_", "BENCH_")
    named = {
        "DATABASE_URL",
        "CACHE_URL",
        "DEBUG",
        "SITE_URL",
        "HOST",
        "PORT",
        "ALLOWED_HOSTS",
        "LANGUAGE_CODE",
    }
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours) and k not in named}
    own = {
        "DJANGO_SETTINGS_MODULE": site.settings,
        "PYTHONPATH": str(PROJECT),
        "SECRET_KEY": "benchmark",
        # One origin whatever the port: pages name it, and with it goes their ETag.
        "SITE_URL": "http://127.0.0.1",
    }
    return kept | own | extra


def manage(site: Site, *arguments: str, **extra: str) -> Run:
    """Run a management command and measure it.

    Raises RuntimeError where it fails, with the last of what it printed.
    """
    command = [sys.executable, "-m", "django", *arguments]
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment(site, **extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    output = process.stdout.read()
    # wait4, because only it tells the memory of this one child.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed ({process.returncode}):\n{output[-4000:]}")
    # The unit of ru_maxrss is kilobytes on Linux and bytes on macOS.
    return Run(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), output)


@contextmanager
def served(site: Site, port: int, log: Path, *, workers: int = WORKERS, **extra: str) -> Iterator[int]:
    """Serve a site on `port` and yield the port once it answers.

    Raises RuntimeError where the server ends, or does not answer within 30 seconds.
    """
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += ["--workers", str(workers), "--blocking-threads", str(THREADS)]
    command += ["--blocking-threads-idle-timeout", "600", "--log-level", "warning"]
    with log.open("a") as output:
        server = subprocess.Popen(
            [*command, *site.application],
            cwd=PROJECT,
            env=environment(site, PORT=str(port), **extra),
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer within 30 seconds")
