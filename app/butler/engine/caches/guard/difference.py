"""What differs between two prompts, for the record of a hit."""

from difflib import SequenceMatcher
from typing import Final

from butler.engine.caches.guard.plain import plain_tokens

_MOST: Final = 12
_MOST_TOKENS: Final = 400


def differences(a: str, b: str) -> tuple[str, ...]:
    """Return what stands in `a` in place of what in `b`, at most 12 places: `can → do`."""
    left, right = plain_tokens(a)[:_MOST_TOKENS], plain_tokens(b)[:_MOST_TOKENS]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    changed = [
        f"{' '.join(left[a0:a1]) or '∅'} → {' '.join(right[b0:b1]) or '∅'}"
        for kind, a0, a1, b0, b1 in matcher.get_opcodes()
        if kind != "equal"
    ]
    return tuple(changed[:_MOST])
