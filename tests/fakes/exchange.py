"""One request and its answer at the level where a fault needs the socket."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, cast

from aiohttp import web

from tests.fakes.completion import EVENT_STREAM
from tests.fakes.vendor import Vendor


class Exchange:
    """What a behaviour may do with one connection: answer, stream, wait, or hang up."""

    def __init__(self, request: web.Request, ask: Any, vendor: Vendor) -> None:
        self._request = request
        self.ask = ask
        self.vendor = vendor
        self.response: web.StreamResponse = web.Response()
        self.sent_bytes = 0
        self.is_over = False
        """The server's part is done: a client that goes from now on abandons nothing."""

    async def pause(self, seconds: float) -> None:
        """Wait, but let the loop run even for 0 s, so that writes leave one by one."""
        await asyncio.sleep(seconds)

    async def send_json(
        self, status: int, body: object, headers: Mapping[str, str] | None = None
    ) -> None:
        """A whole JSON answer with its length."""
        data = json.dumps(body, ensure_ascii=False).encode()
        await self.begin("application/json", status, headers, length=len(data))
        await self.write(data)
        await self.end()

    async def begin(
        self,
        content_type: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        """Send the head; without a length the body goes chunked."""
        merged = {"Content-Type": content_type, "x-request-id": "req_fake", **(headers or {})}
        self.response = web.StreamResponse(status=status, headers=merged)
        self.response.content_length = length
        await self.response.prepare(self._request)

    async def begin_stream(self) -> None:
        """Send the head of a stream, of the vendor's own type where it has one."""
        await self.begin(getattr(self.vendor, "stream_type", EVENT_STREAM))

    async def write(self, data: bytes) -> None:
        """Write to the client, waiting while it does not read."""
        await self.response.write(data)
        self.sent_bytes += len(data)

    async def end(self) -> None:
        """Finish the body properly."""
        self.is_over = True
        await self.response.write_eof()

    async def send_raw(self, data: bytes) -> None:
        """Put bytes on the socket past HTTP, then hang up."""
        self._transport.write(data)
        await self.cut()

    async def cut(self, *, reset: bool = False) -> None:
        """Hang up without finishing the body; with `reset` the client sees no orderly close."""
        self.is_over = True
        if reset:
            self._transport.abort()
        else:
            self._transport.close()
        # The lost connection cancels this handler; nothing may be written meanwhile.
        await asyncio.Event().wait()

    @property
    def _transport(self) -> asyncio.Transport:
        if self._request.transport is None:
            raise ConnectionResetError("the client is already gone")
        # uvloop's transports only look like asyncio's: isinstance would say no.
        return cast(asyncio.Transport, self._request.transport)
