"""A streamed reply: nothing is sent before there is content, but a client that waits is told so.

Headers held back keep every way open: a target that fails before its content is replaced by the
next one unseen. After a while of silence headers and a heartbeat go out nevertheless, and again
after each further silence; they are no content, so the way stays open.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from aiohttp import web

from butler.engine.call import Call
from butler.engine.dialects.base import Dialect
from butler.engine.server.headers import reply_headers


class ReplyStream:
    """One streamed reply; `with` keeps the client company for as long as its block lasts."""

    def __init__(self, request: web.Request, call: Call, dialect: Dialect) -> None:
        self._request = request
        self._call = call
        self._heartbeat = dialect.heartbeat
        self._headers = {"Content-Type": dialect.stream_type, "Cache-Control": "no-cache"}
        self._loop = asyncio.get_running_loop()
        self._every_s = call.runtime.patience.heartbeat_ms / 1000
        self._timer: asyncio.TimerHandle | None = None
        self._beat: asyncio.Task[None] | None = None
        self._was_quiet = True
        self._response: web.StreamResponse | None = None

    def __enter__(self) -> Self:
        if self._heartbeat is not None:
            self._timer = self._loop.call_later(self._every_s, self._tick)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop_timer()
        if self._beat is not None:
            self._beat.cancel()

    async def stopped(self) -> bool:
        """Stop the heartbeats; say whether headers have gone out, and only events can follow."""
        self._stop_timer()
        await self._quiet()
        return self._response is not None

    async def write(self, data: bytes, more: Mapping[str, str] | None = None) -> None:
        """Write events, after the headers where they are still held (`more` of them with ours)."""
        if self._beat is not None:
            await self._quiet()
        self._was_quiet = False
        response = self._response or await self._begin(more)
        await response.write(data)

    async def end(self, more: Mapping[str, str] | None = None) -> web.StreamResponse:
        """End the reply and return it."""
        self._stop_timer()
        await self._quiet()
        response = self._response or await self._begin(more)
        await response.write_eof()
        return response

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _begin(self, more: Mapping[str, str] | None) -> web.StreamResponse:
        headers = {**(more or {}), **reply_headers(self._call), **self._headers}
        response = web.StreamResponse(headers=headers)
        self._response = response
        await response.prepare(self._request)
        return response

    def _tick(self) -> None:
        """Write a heartbeat where nothing was written since the last look."""
        if self._was_quiet and (self._beat is None or self._beat.done()):
            self._beat = self._loop.create_task(self._write_heartbeat(), name="heartbeat")
        self._was_quiet = True
        self._timer = self._loop.call_later(self._every_s, self._tick)

    async def _write_heartbeat(self) -> None:
        # A client that is gone is found out, and dealt with, by who answers it.
        with suppress(ConnectionError):
            response = self._response or await self._begin(None)
            await response.write(self._heartbeat or b"")

    async def _quiet(self) -> None:
        """Let a heartbeat that is being written come to its end."""
        beat, self._beat = self._beat, None
        if beat is not None:
            await beat
