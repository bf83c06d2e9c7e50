"""Who writes an answer: bytes pass through between equals, else the canonical types translate."""

from collections.abc import Sequence
from dataclasses import dataclass

from butler.engine.call import Request, Target
from butler.engine.dialects.base import (
    AnswerWriter,
    Delta,
    Dialect,
    ProviderDialect,
    Translator,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A client's request, its dialect, who answers it, and about how long it is."""

    client: Dialect
    request: Request
    target: Target
    input_tokens: int = 0


def answer_writer(asked: Asked, provider: ProviderDialect, *, whole: bool) -> AnswerWriter:
    """Return the writer of one answer that comes in the provider's dialect, for the client."""
    if asked.client.name == provider.name:
        return asked.client.relay(asked.request, asked.target)
    return _Translation(provider, _translator(asked, whole=whole))


def chunk_writer(asked: Asked, provider: ProviderDialect) -> AnswerWriter:
    """Return the writer of a stream whose answer has come in one piece."""
    return _Translation(provider, _translator(asked, whole=False))


def _translator(asked: Asked, *, whole: bool) -> Translator:
    return asked.client.translator(
        asked.request, asked.target, whole=whole, input_tokens=asked.input_tokens
    )


class _Translation:
    """Reads what events say in the one dialect, and has it written in the other."""

    def __init__(self, provider: ProviderDialect, translator: Translator) -> None:
        self._pieces = provider.pieces
        self._translator = translator
        self.error = translator.error
        self.close = translator.close

    def write(self, deltas: Sequence[Delta]) -> bytes:
        """Return what the client gets for these events."""
        return b"".join([self._translator.write(delta, self._pieces(delta)) for delta in deltas])
