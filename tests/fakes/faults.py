"""What a sick upstream does: fails, stays silent, cuts, mumbles, or never ends."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tests.fakes import completion
from tests.fakes.exchange import Exchange
from tests.fakes.replies import Answer, Reply

FOREVER_S = 3600.0


@dataclass(frozen=True, slots=True)
class Fail:
    """An error answer, with `Retry-After` when the vendor would say when to come back.

    `body=None` is an error object that fits the status; bytes are sent as they are.
    """

    status: int = 503
    body: Mapping[str, Any] | bytes | None = None
    retry_after: str | None = None

    async def play(self, exchange: Exchange) -> None:
        """Answer with the error."""
        headers = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        if isinstance(self.body, bytes):
            await exchange.begin("text/html", self.status, headers, length=len(self.body))
            await exchange.write(self.body)
            await exchange.end()
            return
        body = exchange.vendor.failure(self.status) if self.body is None else self.body
        await exchange.send_json(self.status, body, headers)


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing for `seconds`, then the connection closes.

    `after=None` stays silent before the head, 0 right after it, n after n events.
    """

    seconds: float = FOREVER_S
    after: int | None = None
    reply: Reply = field(default_factory=Answer)

    async def play(self, exchange: Exchange) -> None:
        """Say the beginning, if any, and nothing more."""
        if self.after is not None:
            await _begin(exchange, self.reply, self.after)
        await exchange.pause(self.seconds)
        await exchange.cut()


@dataclass(frozen=True, slots=True)
class SlowHeaders:
    """A good reply whose head comes late."""

    seconds: float
    reply: Reply = field(default_factory=Answer)

    async def play(self, exchange: Exchange) -> None:
        """Wait, then answer."""
        await exchange.pause(self.seconds)
        await self.reply.play(exchange)


class Ending(Enum):
    """How a stream breaks off."""

    CLOSE = "orderly close of the socket, body unfinished"
    RESET = "connection reset"
    TERMINATED = "body properly finished, but without `[DONE]`"


@dataclass(frozen=True, slots=True)
class CutAfter:
    """A stream that breaks off after `events` events; a whole body breaks off in its middle."""

    events: int = 2
    ending: Ending = Ending.CLOSE
    reply: Reply = field(default_factory=Answer)

    async def play(self, exchange: Exchange) -> None:
        """Send the beginning and break off."""
        await _begin(exchange, self.reply, self.events)
        if self.ending is Ending.TERMINATED:
            await exchange.end()
            return
        await exchange.cut(reset=self.ending is Ending.RESET)


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """An error object inside a 200: after `events` events of a stream, or as the whole body.

    `body=None` is what the vendor says with the given `status`.
    """

    events: int = 2
    body: Mapping[str, Any] | None = None
    status: int = 500
    with_done: bool = False
    reply: Reply = field(default_factory=Answer)

    async def play(self, exchange: Exchange) -> None:
        """Send the beginning, then the error."""
        vendor = exchange.vendor
        body = vendor.failure(self.status) if self.body is None else self.body
        if not exchange.ask.stream:
            await exchange.send_json(200, body)
            return
        await _begin(exchange, self.reply, self.events)
        await self.reply.write(exchange, vendor.error_events(body, with_done=self.with_done))
        await exchange.end()


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that are no answer: as the body of a 200, or with `raw` instead of HTTP."""

    data: bytes = b"\x00\xff<<< not what you asked for >>>\r\n\r\n"
    content_type: str | None = None
    raw: bool = False

    async def play(self, exchange: Exchange) -> None:
        """Send the bytes."""
        if self.raw:
            await exchange.send_raw(self.data)
            return
        usual = completion.EVENT_STREAM if exchange.ask.stream else "application/json"
        await exchange.begin(self.content_type or usual)
        await exchange.write(self.data)
        await exchange.end()


@dataclass(frozen=True, slots=True)
class Endless:
    """A stream that goes on until the client leaves; a whole body gets blank lines for ever."""

    text: str = "more "
    chunk_delay_s: float = 0.0

    async def play(self, exchange: Exchange) -> None:
        """Write until cancelled."""
        if exchange.ask.stream:
            # Beginning, two pieces of text: repeat the second for ever.
            answer = Answer(chunks=[self.text, self.text])
            begin, piece, again, *_ = exchange.vendor.events(answer, exchange.ask)
            first = begin + piece
        else:
            first, again = b"\n", b"\n"
        await exchange.begin(completion.EVENT_STREAM if exchange.ask.stream else "application/json")
        await exchange.write(first)
        while True:
            await exchange.write(again)
            await asyncio.sleep(self.chunk_delay_s)


async def _begin(exchange: Exchange, reply: Reply, events: int) -> None:
    """The head and the first events of a stream, or the head and half of a whole body."""
    if exchange.ask.stream:
        await exchange.begin_stream()
        await reply.write(exchange, exchange.vendor.events(reply, exchange.ask)[:events])
        return
    data = json.dumps(exchange.vendor.whole(reply, exchange.ask)).encode()
    await exchange.begin("application/json", length=len(data))
    await exchange.write(data[: len(data) // 2] if events else b"")
