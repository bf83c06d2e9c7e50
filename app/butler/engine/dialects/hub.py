"""Who writes an answer: bytes pass through between equals, else the canonical types translate."""

from collections.abc import Sequence

from butler.engine.call import Request, Target
from butler.engine.dialects.base import (
    AnswerWriter,
    Delta,
    Dialect,
    ProviderDialect,
    Translator,
)


def answer_writer(
    client: Dialect, provider: ProviderDialect, request: Request, target: Target, *, whole: bool
) -> AnswerWriter:
    """Return the writer of one answer that comes in the provider's dialect, for the client."""
    if client.name == provider.name:
        return client.relay(request, target)
    return _Translation(provider, client.translator(request, target, whole=whole))


def chunk_writer(
    client: Dialect, provider: ProviderDialect, request: Request, target: Target
) -> AnswerWriter:
    """Return the writer of a stream whose answer has come in one piece."""
    return _Translation(provider, client.translator(request, target, whole=False))


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
