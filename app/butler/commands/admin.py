"""The command line's way to the engine: the running one, or one of its own for a moment."""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote

import aiohttp
import orjson
from pydantic import ValidationError

from butler.commands.console import complain_of
from butler.commands.exit_codes import EXIT_CANNOT_START, EXIT_REFUSED, CommandFailed
from butler.contract.engine_file import EngineFile
from butler.contract.places import data_dir, engine_file
from butler.contract.problems import Problem, ProblemCode, Problems
from butler.contract.texts import Texts

_PROBE_TIMEOUT = aiohttp.ClientTimeout(total=2)
_CALL_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=300)
"""Long, since a backup or a far provider may take its time before the first byte."""
Query = Mapping[str, str | Sequence[str]]


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

    async def get(self, path: str, query: Query | None = None) -> Any:
        """Read a resource."""
        return await self._call("GET", path, query=query)

    async def read(self, path: str) -> tuple[Any, str]:
        """Read a resource, and the revision that a change to it builds on."""
        async with self._sent("GET", path) as response:
            return orjson.loads(await _body(response)), response.headers.get("ETag", "*")

    async def post(self, path: str, body: object = None, *, query: Query | None = None) -> Any:
        """Make or do something."""
        return await self._call("POST", path, body, query=query)

    async def put(self, path: str, body: object) -> Any:
        """Exchange something as a whole."""
        return await self._call("PUT", path, body)

    async def patch(self, path: str, body: object, revision: str = "*") -> Any:
        """Change something; refused where the configuration is at another revision by now."""
        return await self._call("PATCH", path, body, revision=revision)

    async def delete(self, path: str) -> Any:
        """Remove something."""
        return await self._call("DELETE", path)

    async def pieces(
        self, method: str, path: str, query: Query | None = None, body: object = None
    ) -> AsyncGenerator[bytes, None]:
        """Read something large, or slow, as it comes."""
        data = None if body is None else orjson.dumps(body)
        async with self._sent(method, path, data, query=query) as response:
            if response.status >= 400:
                await _body(response)
            async for piece in response.content.iter_any():
                yield piece

    async def send(self, path: str, file: BinaryIO) -> Any:
        """Post a file as it is, piece by piece."""
        async with self._sent("POST", path, file) as response:
            return orjson.loads(await _body(response))

    async def _call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Query | None = None,
        revision: str = "*",
    ) -> Any:
        data = None if body is None else orjson.dumps(body)
        async with self._sent(method, path, data, query=query, revision=revision) as response:
            return orjson.loads(await _body(response))

    def _sent(
        self,
        method: str,
        path: str,
        data: bytes | BinaryIO | None = None,
        *,
        query: Query | None = None,
        revision: str = "*",
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        return self.session.request(
            method,
            f"{self.url}/api/v1/{path}",
            data=data,
            params=query,
            headers={"Authorization": f"Bearer {self.token}", "If-Match": revision},
            timeout=_CALL_TIMEOUT,
        )


def segment(name: str) -> str:
    """Return a name as one segment of a path."""
    return quote(name, safe="")


def with_engine(
    work: Callable[[Admin], Awaitable[int]], texts: Texts, *, running: bool = False
) -> int:
    """Run a command's work against an engine, a `running` one only where that is asked for.

    Returns the exit status. Raises CommandFailed when there is no such engine.
    """
    return asyncio.run(_with_engine(work, texts, connect_running if running else connect))


async def _with_engine(
    work: Callable[[Admin], Awaitable[int]],
    texts: Texts,
    reach: Callable[[], AbstractAsyncContextManager[Admin]],
) -> int:
    from butler.engine.errors import ConfigError, StartError  # noqa: PLC0415 - see `_own_engine`

    try:
        async with reach() as admin:
            return await work(admin)
    except Refused as error:
        complain_of(error.problems, texts)
        return EXIT_REFUSED
    except (StartError, ConfigError) as error:
        complain_of([_with_remedy(found, texts) for found in error.problems], texts)
        return EXIT_CANNOT_START
    except (aiohttp.ClientError, TimeoutError):
        raise CommandFailed("failed.engine_went_away") from None


def _with_remedy(found: Problem, texts: Texts) -> Problem:
    """Return a problem with a hint for who does not start an engine but looks for one."""
    if found.code != ProblemCode.ALREADY_RUNNING:
        return found
    hint = texts("failed.no_door_plate", file=engine_file(data_dir()))
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


@asynccontextmanager
async def connect_running() -> AsyncIterator[Admin]:
    """Yield the running engine; raises CommandFailed where none runs."""
    async with aiohttp.ClientSession() as session:
        running = await running_engine(session)
        if running is None:
            raise CommandFailed("failed.no_engine", directory=data_dir())
        yield Admin(session, running.admin_url, running.token, serving=True)


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
