"""Listening in on an answer, so that it can be kept: free while it passes, read when it is over."""

from collections.abc import Sequence
from datetime import UTC, datetime

from butler.engine.call import Call
from butler.engine.dialects.base import Delta, ProviderDialect
from butler.engine.dialects.canonical import Finish, Unsaid, fold
from butler.engine.kept import KeptAnswer, KeptCall

MOST_BYTES = 1024 * 1024
"""Longer answers are not kept."""
_COMPLETE = frozenset({Finish.STOP, Finish.TOOL_CALLS})


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
        if call.finish not in _COMPLETE or not all(map(_is_sound, self._deltas)):
            return None
        heard = [piece for delta in self._deltas for piece in dialect.pieces(delta)]
        reply = fold(heard)
        if any(isinstance(piece, Unsaid) for piece in heard) or reply.refusal or reply.likely:
            return None
        if not (reply.text.strip() or reply.calls):
            return None
        # A call without an id is one of the vendor's old kind, whose clients await just that.
        if not all(one.id for one in reply.calls):
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


def _is_sound(delta: Delta) -> bool:
    """Whether an event is neither broken nor an end that a kept answer does not tell of."""
    return not (delta.error or delta.unreadable) and delta.stopped_by is None
