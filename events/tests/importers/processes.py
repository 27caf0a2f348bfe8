"""Commands in processes and on databases of their own, for what a test's transaction cannot hold."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection


@contextmanager
def scratch_database() -> Iterator[dict[str, str]]:
    """The environment of an empty, migrated database of the kind that the suite runs on."""
    with tempfile.TemporaryDirectory(prefix="scratch-") as folder:
        environment = {**os.environ, "NEWSROOM_VAR": folder}
        environment.pop("DATABASE_URL", None)
        if connection.vendor == "postgresql":
            name = Path(folder).name.replace("-", "_").lower()
            found = connection.settings_dict
            # The host may be the folder of a socket, whose slashes have to be packed away in an address.
            host = quote(found["HOST"] or "localhost", safe="")
            place = f"{found['USER']}:{found['PASSWORD']}@{host}:{found['PORT'] or 5432}"
            with psycopg.connect(f"postgresql://{place}/postgres", autocommit=True) as server:
                server.execute(f"CREATE DATABASE {name}")
                environment["DATABASE_URL"] = f"postgresql://{place}/{name}"
                try:
                    manage(environment, "migrate", "-v0")
                    yield environment
                finally:
                    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        else:
            manage(environment, "migrate", "-v0")
            yield environment


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run a command to its end and return what it printed; raises RuntimeError where it fails."""
    process = start(environment, *arguments)
    out, err = process.communicate()
    if process.returncode:
        raise RuntimeError(err)
    return out.strip()


def memory(environment: dict[str, str], *arguments: str) -> int:
    """The most memory that a command held, in bytes.

    Asked of a small process in between: a child is counted with what its parent held when it began.
    """
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout) * 1024


def digest(environment: dict[str, str]) -> str:
    """What the whole database holds, as one short text."""
    code = "from events.tests.dumps import digest; print(digest())"
    return manage(environment, "shell", "-v0", "-c", code).splitlines()[-1]
