"""Past calls, read for a trial: rows of the log with the words that were kept, oldest first."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from butler.contract.problems import ProblemCode
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import NotFound, nothing_called
from butler.engine.assistant.past.calls import DIALECT_OF, recalled
from butler.engine.call import Call
from butler.engine.errors import VaultError, problem
from butler.engine.store import bodies, requests
from butler.engine.store.bodies import BodyRecord, vault_record
from butler.engine.store.requests import Filter, RequestRecord

_AT_ONCE = 500
_ROUTED = Filter(values={"endpoint": tuple(DIALECT_OF)}, routed=True)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some past calls, oldest first, with the opened texts of those that were kept."""

    rows: Sequence[RequestRecord]
    words: Mapping[str, bytes]


async def latest_routed(control: Control, most: int) -> list[RequestRecord]:
    """Return the latest conversations whose model was chosen here, oldest first."""
    found: list[RequestRecord] = []
    before: tuple[datetime, str] | None = None
    while len(found) < most:
        size = min(_AT_ONCE, most - len(found))
        async with control.database.connect() as connection:
            page = await requests.page(connection, before, size, _ROUTED)
        found += page
        if len(page) < size:
            break
        before = (page[-1].started_at, page[-1].id)
    found.reverse()
    return found


async def with_words(control: Control, rows: Sequence[RequestRecord]) -> AsyncIterator[Stretch]:
    """Give calls stretch by stretch, with their words where those were kept."""
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        async with control.database.connect() as connection:
            kept = await bodies.of(connection, [row.id for row in part])
        yield Stretch(part, await asyncio.to_thread(_opened, control, kept))


async def past_call(control: Control, request_id: str) -> Call:
    """Return a past call with its words; raises NotFound where there is none, or none were kept."""
    async with control.database.connect() as connection:
        row = None if "\0" in request_id else await requests.get(connection, request_id)
        kept = () if row is None else await bodies.of(connection, [row.id])
    if row is None:
        raise nothing_called("request", request_id)
    words = (await asyncio.to_thread(_opened, control, kept)).get(row.id)
    runtime = control.changes.runtime
    callers = {caller.id: caller for caller in runtime.tokens.values()}
    past = recalled(row, words, control.dialects, runtime, callers)
    if past.text is None:
        raise NotFound(
            problem(
                ProblemCode.NOT_FOUND,
                f"Nothing was kept of what was said in the request {request_id[:80]!r}.",
                "The setting log.bodies turns that on for later calls.",
                "request_id",
            )
        )
    return past.call


def _opened(control: Control, kept: Sequence[BodyRecord]) -> dict[str, bytes]:
    """Open what was sealed; what another key has sealed stays unknown."""
    words: dict[str, bytes] = {}
    for record in kept:
        try:
            opened = control.vault.open(vault_record(record.request_id), record.envelope)
        except VaultError:
            continue
        words[record.request_id] = opened
    return words
