"""Folds a Chinese prompt: ways of asking and particles; all other signs keep their place."""

import re
from typing import Final

from butler.engine.caches.guard import chinese_words as words
from butler.engine.caches.guard.plain import HAN

_GAP: Final = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")


def joined(plain: str) -> str:
    """Return a text without the gaps that punctuation left between Chinese signs."""
    return _GAP.sub("", plain)


def is_foldable(plain: str) -> bool:
    """Say whether a text does not speak of words itself: those would be changed."""
    return words.ABOUT_WORDS.search(plain) is None


def fold(plain: str) -> str:
    """Return the canonical wording of a Chinese prompt."""
    for pattern, form in words.FORMS:
        plain = pattern.sub(form, plain)
    return plain
