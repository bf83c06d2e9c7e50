"""Listening in on an answer, so that it can be kept: free while it passes, read when it is over."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from butler.engine.call import Call
from butler.engine.dialects.base import Delta, ProviderDialect
from butler.engine.dialects.canonical import Finish, fold
from butler.engine.dialects.sse import data_of
from butler.engine.kept import KeptAnswer, KeptCall

MOST_BYTES = 1024 * 1024
"""Longer answers are not kept."""
_COMPLETE = frozenset({Finish.STOP, Finish.TOOL_CALLS})
_SAYABLE = frozenset(
    {"role", "content", "tool_calls", "reasoning_content", "reasoning", "reasoning_details"}
)
"""What a chat message may hold so that its kept form says the same. What was thought is left out
on purpose; refusals, sources, pictures, sound and whatever comes next would be lost unseen."""
_ENDINGS = frozenset({None, "end_turn", "tool_use"})
"""An Anthropic answer's ends after which nothing is missing and nothing else needs to be told."""
_BLOCKS = frozenset({"text", "thinking", "redacted_thinking", "tool_use"})


class Capture:
    """Gathers the events of one call's answer; they are read only when it is to be kept."""

    def __init__(self, call: Call, most_bytes: int = MOST_BYTES) -> None:
        self._call = call
        self._left_bytes = most_bytes
        self._dialect: ProviderDialect | None = None
        self._deltas: list[Delta] = []

    def hear(self, dialect: ProviderDialect, deltas: Sequence[Delta]) -> None:
        """Take in events as the provider's dialect has read them."""
        if self._left_bytes < 0:
            return
        self._dialect = dialect
        self._left_bytes -= sum([len(delta.raw) for delta in deltas])
        self._deltas += deltas
        if self._left_bytes < 0:
            self._deltas.clear()

    def kept(self) -> KeptAnswer | None:
        """Return the answer, once it is over; None where it is incomplete or can not be kept.

        Only a success counts that ended by itself: nothing cut, filtered, or broken off.
        """
        call, dialect = self._call, self._dialect
        if dialect is None or call.target is None or call.status != 200 or self._left_bytes < 0:
            return None
        if call.finish not in _COMPLETE or not all(map(_is_sayable, self._deltas)):
            return None
        reply = fold([piece for delta in self._deltas for piece in dialect.pieces(delta)])
        if not reply.text.strip() and not reply.calls:
            return None
        return KeptAnswer(
            call.target.provider,
            call.target.model,
            reply.text,
            tuple(KeptCall(one.id, one.name, one.arguments) for one in reply.calls),
            call.finish,
            call.usage.input_tokens,
            call.usage.output_tokens,
            datetime.now(UTC),
        )


def _is_sayable(delta: Delta) -> bool:
    """Whether all that an event tells can be said again from what is kept of it."""
    if delta.error or delta.unreadable:
        return False
    data = delta.data if delta.data is not None else _parsed(delta.raw)
    if not isinstance(data, dict):
        return True
    choices = data.get("choices")
    if data.get("citations") or data.get("search_results"):
        return False
    if isinstance(choices, list):
        return len(choices) <= 1 and all(map(_is_sayable_choice, choices))
    return _is_sayable_message(data)


def _parsed(raw: bytes) -> object:
    """Return an event that its reader had no need to keep; None where it holds no JSON."""
    text = data_of(raw)
    if text is None:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _is_sayable_choice(choice: object) -> bool:
    said = choice.get("delta") or choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(said, dict):
        return True
    content = said.get("content")
    told = {name for name, value in said.items() if value}
    return told <= _SAYABLE and (content is None or isinstance(content, str))


def _is_sayable_message(data: Mapping[str, Any]) -> bool:
    """Look at a whole Anthropic message, or at an event of one."""
    delta = data.get("delta")
    ending = delta.get("stop_reason") if isinstance(delta, dict) else data.get("stop_reason")
    if ending not in _ENDINGS or (isinstance(delta, dict) and "citation" in delta):
        return False
    content, block = data.get("content"), data.get("content_block")
    blocks = [*(content if isinstance(content, list) else ()), *([block] if block else ())]
    return all(
        isinstance(one, dict) and one.get("type") in _BLOCKS and not one.get("citations")
        for one in blocks
    )
