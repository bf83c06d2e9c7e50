"""An upstream's answer on its way to the client: events, already read, still as they came."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass

from butler.engine.call import Call
from butler.engine.dialects.base import Delta, ProviderDialect
from butler.engine.dialects.sse import data_of
from butler.engine.dispatch.queues import Place
from butler.engine.dispatch.upstream import Exchange
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.base import Provider

REPORTED = "The provider reported an error in its answer."
"""For the log, which must not hold the vendor's words: they may quote the prompt."""
_LARGE_BYTES = 1024 * 1024
"""What takes long to read must not make all others wait."""
_MAX_HELD_BYTES = 4 * 1024 * 1024
"""How much of a stream may come before its first content; roles and comments are small."""


@dataclass(slots=True)
class Answer:
    """What answered: its status, its dialect, and the events that make it up.

    `begun` is what has been read: all of a whole answer, as one event, or a stream up to its
    first content. `rest` is what a stream still brings; None for a whole answer. `place` is left
    when the answer is closed; `on_break` is told where it breaks off after its first content.
    """

    exchange: Exchange
    dialect: ProviderDialect
    begun: list[Delta]
    rest: AsyncIterator[list[Delta]] | None = None
    place: Place | None = None
    on_break: Callable[[UpstreamError], None] | None = None

    @property
    def status(self) -> int:
        """The upstream's status."""
        return self.exchange.status

    @property
    async def batches(self) -> AsyncIterator[list[Delta]]:
        """The events to the end, each time what one read brought, to go out in one write.

        Raises UpstreamError where the answer breaks off.
        """
        yield self.begun
        if self.rest is None:
            return
        try:
            async for batch in self.rest:
                yield batch
        except UpstreamError as error:
            if self.on_break is not None:
                self.on_break(error)
            raise

    def broke_off(self, reason: str) -> None:
        """Note that the provider itself says, after content, that it can not go on."""
        if self.on_break is not None:
            self.on_break(UpstreamError(FailureKind.SERVER, reason, status=502))

    def close(self) -> None:
        """End the exchange; an answer that is not complete is cut off at the upstream."""
        self.exchange.close()
        if self.place is not None:
            self.place.leave()


async def open_answer(
    call: Call, provider: Provider, exchange: Exchange, spoken: ProviderDialect | None = None
) -> Answer:
    """Read until there is content, so that whatever fails before can be tried elsewhere.

    `spoken` is the dialect of the answer where it is not the provider's usual one. Raises
    UpstreamError when the answer fails before its first content.
    """
    dialect = spoken or provider.dialect
    if call.asked.stream and exchange.is_stream:
        events = _events(dialect, exchange, _choices(call))
        begun = await _until_content(events, provider, exchange, spoken)
        return Answer(exchange, dialect, begun, events)
    body = await exchange.body()
    try:
        if len(body) <= _LARGE_BYTES:
            delta = dialect.read_reply(body)
        else:
            delta = await asyncio.to_thread(dialect.read_reply, body)
    except ValueError as error:
        raise _unreadable("an answer that can not be read") from error
    if delta.error:
        raise explained(provider, exchange, body, spoken)
    if not delta.content and delta.finish is None:
        raise _unreadable("an answer without anything in it")
    return Answer(exchange, dialect, [delta])


def explained(
    provider: Provider, exchange: Exchange, body: bytes, spoken: ProviderDialect | None = None
) -> UpstreamError:
    """Return the failure that a refusal is, or an error inside a 200, with all that came with it.

    Its words and status stay the vendor's own. `spoken` is as for `open_answer`.
    """
    error = provider.explain_error(exchange.status, exchange.headers, body)
    error.headers = exchange.headers
    error.dialect = (spoken or provider.dialect).name
    return error


def _choices(call: Call) -> int:
    """Return how many answers a client wants side by side, each with an end of its own."""
    wanted = call.asked.data.get("n")
    return wanted if isinstance(wanted, int) else 1


async def _events(
    dialect: ProviderDialect, exchange: Exchange, unfinished: int
) -> AsyncIterator[list[Delta]]:
    """Yield batches of events to the end; raises UpstreamError where the end is missing.

    What says that it is done is done, whether or not the provider hangs up as well, and however.
    """
    reader = dialect.stream_reader()
    pieces = exchange.pieces()
    while True:
        try:
            piece = await anext(pieces, None)
            batch = reader.close() if piece is None else reader.feed(piece)
        except UpstreamError:
            if unfinished <= 0:
                return
            raise
        except ValueError as error:
            raise _unreadable("a stream that can not be read") from error
        if batch:
            unfinished = _left(batch, unfinished, exchange)
            yield batch
        if piece is None:
            break
    if unfinished > 0:
        raise UpstreamError(
            FailureKind.CUT, "The provider ended its answer before it was complete.", status=502
        )


def _left(batch: Iterable[Delta], unfinished: int, exchange: Exchange) -> int:
    """Return how many answers are unfinished after a batch; an error ends them all."""
    for delta in batch:
        if delta.done:
            exchange.is_complete = True
        if delta.done or delta.error:
            unfinished = 0
        elif delta.finish:
            unfinished -= 1
    return unfinished


async def _until_content(
    events: AsyncIterator[list[Delta]],
    provider: Provider,
    exchange: Exchange,
    spoken: ProviderDialect | None,
) -> list[Delta]:
    held: list[Delta] = []
    held_bytes = 0
    async for batch in events:
        for delta in batch:
            if delta.error:
                raise explained(provider, exchange, data_of(delta.raw) or delta.raw, spoken)
            if delta.unreadable:
                raise _unreadable("a stream that can not be read")
            if delta.content:
                return held + batch
        held += batch
        held_bytes += sum(len(delta.raw) for delta in batch)
        if held_bytes > _MAX_HELD_BYTES:
            break
    raise _unreadable("a stream without any content")


def _unreadable(what: str) -> UpstreamError:
    return UpstreamError(FailureKind.UNREADABLE, f"The provider sent {what}.", status=502)


def first_error(deltas: Iterable[Delta]) -> str | None:
    """Return the error that an upstream reports inside its stream, if any."""
    return next((delta.error for delta in deltas if delta.error), None)
