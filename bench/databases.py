"""Scratch databases: SQLite files, or a PostgreSQL cluster that lives as long as the run."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

Namer = Callable[[str], str]


@contextmanager
def scratch(kind: str, folder: Path) -> Iterator[Namer]:
    """Yield a function that makes an empty database of a given name and returns its `DATABASE_URL`.

    `kind` is `sqlite` or `postgres`.
    """
    if kind == "sqlite":
        yield lambda name: f"sqlite:///{folder / name}.sqlite3"
        return
    with cluster(folder / "cluster") as socket:

        def create(name: str) -> str:
            with psycopg.connect(
                host=str(socket), user="bench", dbname="postgres", autocommit=True
            ) as server:
                server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            return f"postgres://bench@{quote(str(socket), safe='')}/{name}"

        yield create


def settle(url: str) -> None:
    """Do now what PostgreSQL's autovacuum would do some minutes after an import: collect statistics."""
    if url.startswith("postgres"):
        with psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True) as database:
            database.execute("VACUUM ANALYZE")
            database.execute("CHECKPOINT")


def find_postgres() -> Path:
    """Return the folder of the newest server's programs: Debian keeps them out of PATH.

    Raises FileNotFoundError where no server is installed.
    """
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if found := shutil.which("initdb"):
        folders.insert(0, Path(found).parent)
    for folder in reversed(folders):
        if (folder / "initdb").exists():
            return folder
    raise FileNotFoundError("no PostgreSQL server (initdb) on this machine")


@contextmanager
def cluster(folder: Path) -> Iterator[Path]:
    """Run a cluster with PostgreSQL's own defaults, on a socket alone; yield the socket's folder."""
    programs = find_postgres()
    folder.mkdir(mode=0o755)
    owner: list[str] = []
    if os.geteuid() == 0:
        # The server refuses to run as root, so its files belong to somebody else there.
        user = "postgres"
        shutil.chown(folder, user)
        owner = ["runuser", "-u", user, "--"]
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [*owner, str(programs / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)

    run("initdb", "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-c listen_addresses= -k {folder}"
    run("pg_ctl", "-w", "-l", str(folder / "server.log"), "-o", options, "start")
    try:
        yield folder
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
