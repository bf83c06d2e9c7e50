"""Folds an English prompt: ways of asking, inflection, spelling and function words.

Every word that is left keeps its place: who does what to whom is told by the order.
"""

from butler.engine.caches.guard import english_words as words
from butler.engine.caches.guard.english_frames import unframed


def is_english(tokens: list[str]) -> bool:
    """Say whether a text has a word that only English has."""
    return not words.MARKS.isdisjoint(tokens)


def fold(tokens: list[str]) -> str:
    """Return the canonical wording of an English prompt."""
    spread: list[str] = []
    for token in tokens:
        if token in words.SPREAD:
            spread += words.SPREAD[token]
        else:
            spread.append(token)
    return " ".join(filter(None, map(_folded, unframed(spread))))


def _folded(token: str) -> str:
    known = words.FOLDED.get(token)
    if known is not None:
        return known
    if token.endswith("'s"):
        return _folded(token[:-2])
    if token.endswith("s") and len(token) > 3:
        return _singular(token)
    return token


def _singular(token: str) -> str:
    if token.endswith(("ss", "us", "is")):
        return token
    if token.endswith("ies") and len(token) > 4:
        return token[:-3] + "y"
    if token.endswith(("sses", "shes", "ches", "xes", "zes")):
        return token[:-2]
    return token[:-1]
