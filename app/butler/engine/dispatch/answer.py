"""An upstream's answer on its way to the client: events, already read, still as they came."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from butler.engine.call import Call
from butler.engine.dialects.base import Delta, ProviderDialect
from butler.engine.dispatch.upstream import Exchange
from butler.engine.errors import FailureKind, UpstreamError

REPORTED = "The provider reported an error in its answer."
"""For the log, which must not hold the vendor's words: they may quote the prompt."""
_MAX_HELD_BYTES = 4 * 1024 * 1024
"""How much of a stream may come before its first content; roles and comments are small."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What answered: its status, content type, dialect, and the events that make it up.

    `begun` is what has been read: all of a whole answer, as one event, or a stream up to its
    first content. `rest` is what a stream still brings; None for a whole answer.
    """

    exchange: Exchange
    dialect: ProviderDialect
    content_type: str
    begun: list[Delta]
    rest: AsyncIterator[list[Delta]] | None = None

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
        if self.rest is not None:
            async for batch in self.rest:
                yield batch

    def close(self) -> None:
        """End the exchange; an answer that is not complete is cut off at the upstream."""
        self.exchange.close()


async def open_answer(call: Call, dialect: ProviderDialect, exchange: Exchange) -> Answer:
    """Read until there is content, so that whatever fails before can be tried elsewhere.

    Raises UpstreamError when the answer fails before its first content.
    """
    if call.asked.stream and exchange.is_stream:
        events = _events(dialect, exchange)
        return Answer(exchange, dialect, "text/event-stream", await _until_content(events), events)
    body = await exchange.body()
    try:
        delta = dialect.read_reply(body)
    except ValueError as error:
        raise _unreadable("an answer that can not be read") from error
    if delta.error:
        raise _reported(delta.error)
    content_type = exchange.headers.get("Content-Type", "application/json")
    return Answer(exchange, dialect, content_type, [delta])


async def _events(dialect: ProviderDialect, exchange: Exchange) -> AsyncIterator[list[Delta]]:
    """Yield batches of events to the end; raises UpstreamError where the end is missing."""
    reader = dialect.stream_reader()
    complete = False
    async for piece in exchange.pieces():
        try:
            batch = reader.feed(piece)
        except ValueError as error:
            raise _unreadable("a stream that can not be read") from error
        complete = complete or any(delta.done or delta.finish or delta.error for delta in batch)
        if batch:
            yield batch
    last = reader.close()
    if last:
        complete = complete or any(delta.done or delta.finish or delta.error for delta in last)
        yield last
    if not complete:
        raise UpstreamError(
            FailureKind.CUT, "The provider ended its answer before it was complete.", status=502
        )


async def _until_content(events: AsyncIterator[list[Delta]]) -> list[Delta]:
    held: list[Delta] = []
    held_bytes = 0
    async for batch in events:
        for delta in batch:
            if delta.error:
                raise _reported(delta.error)
            if delta.content:
                return held + batch
        held += batch
        held_bytes += sum(len(delta.raw) for delta in batch)
        if held_bytes > _MAX_HELD_BYTES:
            break
    raise _unreadable("a stream without any content")


def _reported(message: str) -> UpstreamError:
    return UpstreamError(FailureKind.SERVER, message, status=502, for_log=REPORTED)


def _unreadable(what: str) -> UpstreamError:
    return UpstreamError(FailureKind.UNREADABLE, f"The provider sent {what}.", status=502)


def first_error(deltas: Iterable[Delta]) -> str | None:
    """Return the error that an upstream reports inside its stream, if any."""
    return next((delta.error for delta in deltas if delta.error), None)
