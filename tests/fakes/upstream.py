"""A real server on a free port that speaks a vendor's protocol."""

import asyncio
import json
import socket
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from aiohttp import web

from tests.fakes.errors import VendorError
from tests.fakes.exchange import Exchange
from tests.fakes.openai import OpenAI
from tests.fakes.replies import Answer
from tests.fakes.vendor import Vendor

_MAX_BODY_BYTES = 256 * 1024 * 1024


class Behaviour(Protocol):
    """What the server does with one valid request."""

    async def play(self, exchange: Exchange) -> None: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it arrived, refused ones too; `body` is None when it is not JSON."""

    method: str
    path: str
    headers: Mapping[str, str]
    body_bytes: bytes
    body: Any


class Upstream:
    """The scripted vendor: refuses what the vendor refuses, then plays the next behaviour.

    `async with Upstream() as up:` serves at `up.base_url`. A refused request takes nothing from
    the script. The script is for completions; lists of models always answer.
    """

    vendor: Vendor = OpenAI()

    def __init__(
        self,
        models: Sequence[str] = ("alpha", "beta"),
        key: str = "sk-upstream",
        default: Behaviour | None = None,
        port: int = 0,
    ) -> None:
        self.models = tuple(models)
        self.key = key
        self.default: Behaviour = default or Answer()
        self.port = port
        self.seen: list[Seen] = []
        self.disconnects = 0
        self._exchanges: list[Exchange] = []
        self._script: deque[Behaviour] = deque()
        self._disconnected = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        """Where a client points, `/v1` included."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def sent_bytes(self) -> int:
        """Body bytes that the sockets of all exchanges have taken so far."""
        return sum(exchange.sent_bytes for exchange in self._exchanges)

    def script(self, *behaviours: Behaviour) -> None:
        """Queue what happens to the next requests, one each; after them `default` again."""
        self._script.extend(behaviours)

    async def saw_disconnect(self, timeout_s: float = 5.0, count: int = 1) -> None:
        """Wait until `count` clients left before their answer was over, else TimeoutError."""
        async with asyncio.timeout(timeout_s), self._disconnected:
            await self._disconnected.wait_for(lambda: self.disconnects >= count)

    async def start(self) -> None:
        """Listen; the port is kept for a later start after stop."""
        app = web.Application(client_max_size=_MAX_BODY_BYTES)
        app.router.add_route("*", "/{path:.*}", self._serve)
        # Without handler_cancellation aiohttp lets a handler run on after its client left.
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Hang up on everyone and stop listening, as a killed server does."""
        if self._runner is not None:
            for exchange in self._exchanges:
                exchange.is_over = True
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        self.seen.append(
            Seen(request.method, request.path_qs, request.headers.copy(), raw, _parse(raw))
        )
        try:
            self.vendor.check_head(request.headers, self.key)
            ask = self._read_ask(request, raw)
            if ask is not None:
                return await self._complete(request, ask)
            if request.method != "GET":
                raise VendorError(404, f"Invalid URL ({request.method} {request.path})")
            return web.json_response(self.vendor.listing(request.path, request.query, self.models))
        except VendorError as refusal:
            body = self.vendor.error(refusal.status, refusal.message, refusal.param, refusal.code)
            return web.json_response(body, status=refusal.status)

    def _read_ask(self, request: web.Request, raw: bytes) -> Any:
        """Check what is asked of a model; None for what asks none."""
        if request.path != self.vendor.path or request.method != "POST":
            return None
        return self.vendor.read_ask(raw, self.models)

    async def _complete(self, request: web.Request, ask: Any) -> web.StreamResponse:
        behaviour = self._script.popleft() if self._script else self.default
        exchange = Exchange(request, ask, self.vendor)
        self._exchanges.append(exchange)
        try:
            await behaviour.play(exchange)
        except (asyncio.CancelledError, ConnectionResetError):
            if not exchange.is_over:
                await self._count_disconnect()
            raise
        return exchange.response

    async def _count_disconnect(self) -> None:
        self.disconnects += 1
        async with self._disconnected:
            self._disconnected.notify_all()


class Refused:
    """A port where nothing listens, held so that nobody else can take it meanwhile."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))

    @property
    def base_url(self) -> str:
        """An address that refuses every connection."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
