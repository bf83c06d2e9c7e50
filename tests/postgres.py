"""A PostgreSQL server of the tests' own: started once a session, a fresh database for each test."""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from butler.engine.store.database import Database
from tests.programs import program

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"
_TEMPLATE = "butler_template"
_KEPT = 8


@dataclass(slots=True)
class Postgres:
    """The running server; `empty` and `upgraded` make a database and return its URL."""

    port: int
    _numbers: Iterator[int] = field(default_factory=count)

    def empty(self) -> str:
        """A database without a table."""
        return self.copy("template0")

    def upgraded(self) -> str:
        """A database with our newest schema and nothing in it."""
        return self.copy(_TEMPLATE)

    def copy(self, template: str) -> str:
        """A copy of a database that nobody has open."""
        number = next(self._numbers)
        self._create(f"test_{number}", template)
        if number >= _KEPT:
            # Or a whole session's would fill the disk.
            self.run(f"DROP DATABASE IF EXISTS test_{number - _KEPT} WITH (FORCE)")
        return self.url(f"test_{number}")

    def template(self, name: str) -> str:
        """A database with our newest schema that stays, to be filled and copied."""
        self._create(name, _TEMPLATE)
        return self.url(name)

    def _create(self, name: str, template: str) -> None:
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")

    def url(self, name: str) -> str:
        """The address of a database, as a person would write it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def hang_up(self) -> None:
        """Cut every connection, as a restart of the server does."""
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

    def run(self, statement: str) -> None:
        """Run a statement outside all of the tests' databases."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server in a directory of its own; without one to start, fail or skip the test."""
    programs = _programs()
    user = _user()
    directory = Path(tempfile.mkdtemp(prefix="butler-postgres-"))
    try:
        if user is not None:
            shutil.chown(directory, user)
        cluster = directory / "cluster"
        _run(
            user, programs / "initdb", "-D", cluster, *"-U postgres -A trust -E UTF8".split(), "-N"
        )
        server = Postgres(_free_port())
        options = f"{_QUICK} -c unix_socket_directories='' -p {server.port} -h 127.0.0.1"
        log = directory / "log"
        _run(user, programs / "pg_ctl", "-D", cluster, "-l", log, "-o", options, "-w", "start")
        with _stopped_in_the_end(user, programs / "pg_ctl", cluster):
            server.run(f"CREATE DATABASE {_TEMPLATE}")
            asyncio.run(_upgrade(server.url(_TEMPLATE), directory))
            yield server
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def _stopped_in_the_end(user: str | None, pg_ctl: Path, cluster: Path) -> Iterator[None]:
    """Stop the server after the block, or when this process dies, in whatever way it does.

    A shell of its own waits for the end of a pipe that nobody writes to.
    """
    wait = 'read -r _; "$1" -D "$2" -m immediate -w stop >/dev/null; rm -rf "${2%/*}"'
    with subprocess.Popen(
        ["sh", "-c", wait, "sh", str(pg_ctl), str(cluster)],
        stdin=subprocess.PIPE,
        cwd="/",
        start_new_session=True,
        **_as(user),
    ):
        yield


async def _upgrade(url: str, directory: Path) -> None:
    await (await Database.open(url, directory)).close()


def _programs() -> Path:
    """Where initdb and pg_ctl are."""
    for pattern in _PLACES:
        for place in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True):
            if (place / "initdb").exists():
                return place
    return Path(program("initdb", "postgresql")).resolve().parent


def _user() -> str | None:
    """Whom the server runs as: it refuses root."""
    if os.geteuid() != 0:
        return None
    users = Path("/etc/passwd").read_text(encoding="utf-8")
    return "postgres" if "\npostgres:" in users else "nobody"


def _run(user: str | None, *command: object) -> None:
    done = subprocess.run(
        [str(word) for word in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
        **_as(user),
    )
    assert done.returncode == 0, done.stderr


def _as(user: str | None) -> dict[str, Any]:
    """How a process is started as somebody else."""
    return {} if user is None else {"user": user, "extra_groups": []}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        port: int = opened.getsockname()[1]
        return port
