"""How much context Ollama is to give a model: as much as a request needs, and seldom another.

The server loads a model with a context of a few thousand tokens where nobody says otherwise, and
cuts what does not fit without a word. A model whose context changes is loaded anew, which takes
seconds: so it grows in doublings, and shrinks only once the server has let go of the model.
Source: Ollama FAQ, "How can I specify the context window size?", "How do I keep a model loaded".
"""

import math
import time
from collections.abc import Callable

LEAST_TOKENS = 8_192
"""No request gets less: most grow, and so much costs little."""
ANSWER_TOKENS = 8_192
"""Room for an answer, where the request does not bound it."""
_MARGIN = 1.2
"""How much longer than estimated a request may be."""
_KEPT_S = 300.0
"""For how long the server keeps a model that nobody asks, where it is not told."""


class Windows:
    """The contexts with which one provider's models were last asked for."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[str, tuple[int, float]] = {}

    def fitting(self, model: str, needed_tokens: int, most_tokens: int | None) -> int:
        """Return the context to ask for, in tokens; `most_tokens` is what the model can take."""
        now = self._clock()
        size = _doubled(needed_tokens)
        last, asked_at = self._last.get(model, (0, 0.0))
        if now - asked_at < _KEPT_S:
            size = max(size, last)
        if most_tokens is not None:
            size = min(size, most_tokens)
        self._last[model] = (size, now)
        return size


def needed(input_tokens: int, answer_tokens: int | None) -> int:
    """Return the tokens that a request of an estimated size and its answer may take."""
    return math.ceil(input_tokens * _MARGIN) + (answer_tokens or ANSWER_TOKENS)


def _doubled(tokens: int) -> int:
    return max(LEAST_TOKENS, 1 << (tokens - 1).bit_length())
