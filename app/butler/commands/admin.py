"""The command line's way to the engine: the running one, or one of its own for a moment."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from pydantic import ValidationError

from butler.commands.console import complain_of
from butler.commands.exit_codes import EXIT_CANNOT_START, EXIT_REFUSED, CommandFailed
from butler.commands.texts import tr
from butler.contract.engine_file import EngineFile
from butler.contract.places import data_dir, engine_file
from butler.contract.problems import Problem, ProblemCode, Problems

_PROBE_TIMEOUT = aiohttp.ClientTimeout(total=2)
_CALL_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=300)


class Refused(Exception):
    """The engine refused a call; carries its problems."""

    def __init__(self, status: int, problems: list[Problem]) -> None:
        super().__init__(problems[0].detail if problems else f"status {status}")
        self.status = status
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Admin:
    """A connection to an engine's admin API; `serving` is False for one of our own."""

    session: aiohttp.ClientSession
    url: str
    token: str
    serving: bool

    async def get(self, path: str) -> Any:
        """Read a resource."""
        return await self._call("GET", path)

    async def read(self, path: str) -> tuple[Any, str]:
        """Read a resource, and the revision that a change to it builds on."""
        async with self._sent("GET", path, None, {}) as response:
            return orjson.loads(await _body(response)), response.headers.get("ETag", "*")

    async def post(self, path: str, body: object = None) -> Any:
        """Make or do something."""
        return await self._call("POST", path, body)

    async def put(self, path: str, body: object) -> Any:
        """Exchange something as a whole."""
        return await self._call("PUT", path, body)

    async def patch(self, path: str, body: object, revision: str = "*") -> Any:
        """Change something; refused where the configuration is not at `revision` any more."""
        return await self._call("PATCH", path, body, {"If-Match": revision})

    async def delete(self, path: str) -> Any:
        """Remove something."""
        return await self._call("DELETE", path)

    async def pieces(self, path: str) -> AsyncIterator[bytes]:
        """Read something large as it comes."""
        async with self._sent("GET", path, None, {}) as response:
            if response.status >= 400:
                await _body(response)
            async for piece in response.content.iter_any():
                yield piece

    async def _call(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Any:
        async with self._sent(method, path, body, headers) as response:
            return orjson.loads(await _body(response))

    def _sent(
        self, method: str, path: str, body: object, headers: Mapping[str, str]
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        return self.session.request(
            method,
            f"{self.url}/api/v1/{path}",
            data=None if body is None else orjson.dumps(body),
            headers={"Authorization": f"Bearer {self.token}", **headers},
            timeout=_CALL_TIMEOUT,
        )


def segment(name: str) -> str:
    """Return a name as one segment of a path."""
    return quote(name, safe="")


def with_engine(work: Callable[[Admin], Awaitable[int]]) -> int:
    """Run a command's work against an engine; returns its exit status."""
    return asyncio.run(_with_engine(work))


async def _with_engine(work: Callable[[Admin], Awaitable[int]]) -> int:
    from butler.engine.errors import ConfigError, StartError  # noqa: PLC0415 - see `_own_engine`

    try:
        async with connect() as admin:
            return await work(admin)
    except Refused as error:
        complain_of(error.problems)
        return EXIT_REFUSED
    except (StartError, ConfigError) as error:
        complain_of(_with_remedy(found) for found in error.problems)
        return EXIT_CANNOT_START
    except (aiohttp.ClientError, TimeoutError):
        raise CommandFailed(
            tr(
                "The engine went away before it answered. See whether it still runs, and what "
                "came of the command, before you repeat it."
            )
        ) from None


def _with_remedy(found: Problem) -> Problem:
    """Return a problem with a hint for who does not start an engine but looks for one."""
    if found.code != ProblemCode.ALREADY_RUNNING:
        return found
    hint = tr(
        "An engine seems to run, but it left no readable {file} that leads to it. Stop that engine "
        "and repeat the command, or choose another directory with --data-dir or BUTLER_DATA_DIR.",
        file=engine_file(data_dir()),
    )
    return found.model_copy(update={"hint": hint})


@asynccontextmanager
async def connect() -> AsyncIterator[Admin]:
    """Yield the running engine, else one without an endpoint that lasts as long as the block."""
    async with aiohttp.ClientSession() as session:
        running = await running_engine(session)
        if running is not None:
            yield Admin(session, running.admin_url, running.token, serving=True)
            return
        async with _own_engine() as (url, token):
            yield Admin(session, url, token, serving=False)


async def running_engine(session: aiohttp.ClientSession) -> EngineFile | None:
    """Return the engine that serves this data directory; None when there is none, or it is dead."""
    try:
        plate = EngineFile.model_validate_json(engine_file(data_dir()).read_bytes())
    except (OSError, ValidationError):
        return None
    headers = {"Authorization": f"Bearer {plate.token}"}
    try:
        async with session.get(
            f"{plate.admin_url}/api/v1/status", headers=headers, timeout=_PROBE_TIMEOUT
        ) as response:
            return plate if response.status == 200 else None
    except (aiohttp.ClientError, TimeoutError, ValueError):
        # ValueError: what the plate holds can not stand in a header or an address.
        return None


@asynccontextmanager
async def _own_engine() -> AsyncIterator[tuple[str, str]]:
    # Loaded only here: a look at a running engine needs none of it.
    from butler.engine.engine import Engine, StartOptions  # noqa: PLC0415

    engine = Engine(StartOptions(data_dir(), dict(os.environ), serving=False))
    await engine.start()
    try:
        yield engine.admin_url, engine.admin_token
    finally:
        await engine.stop()


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """Return an answer's body; raises Refused where it is a refusal."""
    raw = await response.read()
    if response.status >= 400:
        raise Refused(response.status, _problems(raw))
    return raw


def _problems(raw: bytes) -> list[Problem]:
    try:
        return Problems.model_validate_json(raw).problems
    except ValidationError:
        return [Problem(code=ProblemCode.INTERNAL, detail="The engine's answer can not be read.")]
