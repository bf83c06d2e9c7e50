"""`/api/v1/doctor`: is everything as it should be, and what to do where it is not."""

import asyncio
import shutil

from aiohttp import web

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Check
from butler.engine.admin import arbiter_findings
from butler.engine.admin.control import Control
from butler.engine.admin.default_target import EVERY_DEFAULT
from butler.engine.admin.exchange import reply_items
from butler.engine.admin.routes import Items, Route
from butler.engine.admin.surroundings import Surroundings
from butler.engine.arbiter.choice import Choice
from butler.engine.errors import StoreError, problem
from butler.engine.ledger.today import local_midnight
from butler.engine.store import requests

_CONNECT_S = 1.0
_LOW_DISK_BYTES = 500 * 1024 * 1024


class DoctorResource:
    """The checks, each with a plain finding."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._surroundings = Surroundings(control)

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("GET", "doctor", self._examine, "Examine the installation.", Items(Check))]

    async def _examine(self, request: web.Request) -> web.Response:
        checks = [
            self._endpoint(),
            await self._ports(),
            self._master_key(),
            await self._database(),
            await self._disk(),
            self._providers(),
            self._rules(),
            self._default(),
            await self._arbiter(),
            *await self._surroundings.checks(),
        ]
        return reply_items(checks, self._control.changes.runtime.revision)

    def _endpoint(self) -> Check:
        status = self._control.status()
        where = status.base_url or "not serving"
        return Check(name="endpoint", ok=True, detail=where, problems=[])

    async def _ports(self) -> Check:
        """Where this engine serves, its ports are its own; else they must be free to serve on."""
        ours = self._control.own_ports()
        if self._control.status().base_url:
            return _check("ports", ", ".join(str(port) for port in sorted(ours)), [])
        settings = self._control.changes.runtime.settings
        wanted = [settings.number("server.port"), settings.number("admin.port")]
        taken = [port for port in wanted if port and port not in ours and await _answers(port)]
        found = [
            problem(
                ProblemCode.PORT_TAKEN,
                f"Something else listens on port {port}.",
                "Stop it, or choose another port with `butler setting set`.",
            )
            for port in taken
        ]
        return _check("ports", ", ".join(str(port) for port in wanted), found)

    def _master_key(self) -> Check:
        facts = self._control.facts
        detail = f"kept in: {facts.master_key_source}"
        return _check("master key", detail, list(facts.warnings))

    async def _database(self) -> Check:
        try:
            async with self._control.database.connect() as connection:
                totals = await requests.totals_since(connection, local_midnight())
        except StoreError as error:
            return _check("database", "unreachable", list(error.problems))
        revision = self._control.changes.runtime.revision
        return _check("database", f"revision {revision}, {totals.requests} requests today", [])

    async def _disk(self) -> Check:
        usage = await asyncio.to_thread(shutil.disk_usage, self._control.facts.data_dir)
        free = usage.free
        found = []
        if free < _LOW_DISK_BYTES:
            found.append(
                problem(
                    ProblemCode.LOW_DISK,
                    "The disk is nearly full.",
                    "Free some space: the log and the caches can not grow.",
                )
            )
        return _check("disk", f"{free / 1024**3:.1f} GiB free", found)

    def _providers(self) -> Check:
        runtime = self._control.changes.runtime
        ids = [provider.id for provider in runtime.snapshot.providers]
        detail = "the demo answers" if runtime.demo else f"{len(runtime.providers)} in use"
        return _check("providers", detail, self._problems_of(ids))

    def _rules(self) -> Check:
        runtime = self._control.changes.runtime
        ids = [rule.id for rule in runtime.snapshot.rules]
        return _check("rules", f"{len(runtime.rules)} in use", self._problems_of(ids))

    def _default(self) -> Check:
        runtime = self._control.changes.runtime
        found = self._problems_of(list(EVERY_DEFAULT))
        return _check("default target", str(runtime.default_target or "none"), found)

    async def _arbiter(self) -> Check:
        choice = Choice.of(self._control.changes.runtime.settings)
        standing = await self._control.arbiter.glance(choice)
        return arbiter_findings.check(self._control, standing)

    def _problems_of(self, ids: list[str]) -> list[Problem]:
        problems = self._control.changes.runtime.problems
        return [found for id_ in ids for found in problems.get(id_, ())]


async def _answers(port: int) -> bool:
    try:
        async with asyncio.timeout(_CONNECT_S):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


def _check(name: str, detail: str, problems: list[Problem]) -> Check:
    return Check(name=name, ok=not problems, detail=detail, problems=problems)
