"""Who writes an answer: bytes pass through between equals, else the canonical types translate."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from butler.engine.call import Request, Target
from butler.engine.dialects.base import (
    AnswerWriter,
    Delta,
    Dialect,
    KeepsSeals,
    ProviderDialect,
    Translator,
)
from butler.engine.dialects.canonical import Piece, Reasoned, Said, Unsaid


@dataclass(frozen=True, slots=True)
class Asked:
    """A client's request, its dialect, who answers it, and about how long it is.

    `warnings` takes, in words, what of the answer the client's dialect could not say.
    """

    client: Dialect
    request: Request
    target: Target
    input_tokens: int = 0
    warnings: list[str] = field(default_factory=list)


def answer_writer(asked: Asked, provider: ProviderDialect, *, whole: bool) -> AnswerWriter:
    """Return the writer of one answer that comes in the provider's dialect, for the client."""
    if asked.client.name == provider.name:
        return asked.client.relay(asked.request, asked.target)
    return _Translation(asked, provider, _translator(asked, whole=whole))


def chunk_writer(asked: Asked, provider: ProviderDialect) -> AnswerWriter:
    """Return the writer of a stream whose answer has come in one piece."""
    return _Translation(asked, provider, _translator(asked, whole=False))


def _translator(asked: Asked, *, whole: bool) -> Translator:
    return asked.client.translator(
        asked.request, asked.target, whole=whole, input_tokens=asked.input_tokens
    )


def _keeps_seals(asked: Asked) -> bool:
    return isinstance(asked.client, KeepsSeals) and asked.client.keeps_seals(asked.request)


class _Translation:
    """Reads what events say in the one dialect, and has it written in the other."""

    def __init__(self, asked: Asked, provider: ProviderDialect, translator: Translator) -> None:
        self._pieces = provider.pieces
        self._translator = translator
        self._warnings = asked.warnings
        self._keeps_seals = _keeps_seals(asked)
        self._tells_likely = "likeliest" not in asked.client.wordless
        self.error = translator.error
        self.close = translator.close

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return what the client gets for these events."""
        return b"".join([self._translator.write(delta, self._heard(delta)) for delta in deltas])

    def _heard(self, delta: Delta) -> list[Piece]:
        """Return what an event says; what can not be said again is told beside it."""
        pieces: list[Piece] = []
        for piece in self._pieces(delta):
            if isinstance(piece, Unsaid):
                self._leave_out(piece.what)
                continue
            if isinstance(piece, Said) and piece.likely and not self._tells_likely:
                self._leave_out("logprobs")
            elif isinstance(piece, Reasoned) and piece.sealed and not self._keeps_seals:
                self._leave_out("thoughts that only their vendor can read")
            pieces.append(piece)
        return pieces

    def _leave_out(self, what: str) -> None:
        warning = f"left out of the answer: {what}"
        if warning not in self._warnings:
            self._warnings.append(warning)
