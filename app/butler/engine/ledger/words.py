"""The words of calls on their way into the vault, off the hot path."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from butler.engine.call import Call
from butler.engine.errors import ButlerError
from butler.engine.ledger.policy import Bodies, Policy
from butler.engine.store import bodies
from butler.engine.store.bodies import BodyRecord
from butler.engine.store.database import Database

_log = logging.getLogger(__name__)

_MOST_CHARS = 4 * 1024 * 1024
"""Of one text: what pictures and files spell out is not worth more."""
_MOST_WAITING = 500

Seal = Callable[[str, bytes], bytes]
Mask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was said in one call; `mask` takes secrets out of a text."""

    request_id: str
    started_at: datetime
    raw: bytes
    data: Mapping[str, Any]
    answer: str | None
    mask: Mask | None


class WordKeeper:
    """Seals the words of calls and stores them, where the policy wants that."""

    def __init__(self, database: Database, seal: Seal, mask: Mask) -> None:
        self._database = database
        self._seal = seal
        self._mask = mask
        self._waiting: list[Kept] = []

    def add(self, call: Call, policy: Policy) -> None:
        """Note what was said, if it is to be kept."""
        if policy.bodies is Bodies.OFF or call.request is None:
            return
        if len(self._waiting) >= _MOST_WAITING:
            _log.error("the words of the call %s are not kept: too many wait", call.id)
            return
        said = "".join(call.answer_words) if policy.bodies is Bodies.FULL else None
        mask = self._mask if policy.redact else None
        request = call.request
        raw = request.raw
        if not raw.lstrip().startswith(b"{"):
            # Of a form its texts are kept, not what was uploaded with them.
            raw = orjson.dumps(request.data)
        self._waiting.append(Kept(call.id, call.started_at, raw, request.data, said, mask))

    async def write(self) -> None:
        """Store what waits; what can not be stored is given up, since it may not wait for long."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        try:
            texts = await asyncio.to_thread(lambda: [written(kept) for kept in waiting])
            async with self._database.begin() as connection:
                # Not before: until it is our turn, the master key may become another.
                sealed = await asyncio.to_thread(self._sealed, waiting, texts)
                await bodies.add_many(connection, sealed)
        except ButlerError as error:
            _log.error("the words of %d calls can not be kept: %s", len(waiting), error)
        except Exception as error:  # noqa: BLE001 - the words may not reach the output
            kind = type(error).__name__
            _log.error("the words of %d calls can not be kept: %s", len(waiting), kind)

    def _sealed(self, waiting: list[Kept], texts: list[bytes]) -> list[BodyRecord]:
        return [
            BodyRecord(
                request_id=kept.request_id,
                started_at=kept.started_at,
                envelope=self._seal(bodies.vault_record(kept.request_id), text),
            )
            for kept, text in zip(waiting, texts, strict=True)
        ]


def written(kept: Kept) -> bytes:
    """Return what was said as it is sealed: the request's text, and the answer's if it is kept.

    Masked it is written anew, since a secret may hide behind the escapes of JSON.
    """
    if kept.mask is None:
        request = kept.raw.decode(errors="replace")
        answer = kept.answer
    else:
        request = orjson.dumps(_masked(kept.data, kept.mask)).decode()
        answer = kept.answer and kept.mask(kept.answer)
    return orjson.dumps(
        {"request": request[:_MOST_CHARS], "answer": answer and answer[:_MOST_CHARS]}
    )


def _masked(value: Any, mask: Mask) -> Any:
    """Return a JSON value with every text in it masked; keys are left as they are."""
    match value:
        case str():
            return mask(value)
        case list():
            return [_masked(inner, mask) for inner in value]
        case dict():
            return {key: _masked(inner, mask) for key, inner in value.items()}
    return value
