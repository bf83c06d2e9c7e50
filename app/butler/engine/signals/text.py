"""Text made comparable: folded case, one form per character, one kind of space."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Fold case and compatibility forms (full-width letters, ligatures) and join white space.

    Source: Unicode Standard Annex 15 (NFKC) and section 3.13 (default case folding).
    """
    folded = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub(" ", folded)


def is_cjk(char: str) -> bool:
    """Say whether a character belongs to a script that writes without spaces between words."""
    point = ord(char)
    return 0x2E80 <= point <= 0x9FFF or 0xAC00 <= point <= 0xD7AF or 0x20000 <= point <= 0x3FFFF


def is_word(text: str, start: int, end: int) -> bool:
    """Say whether `text[start:end]` stands as a word of its own, in any script.

    Letters and digits beside it join it to a longer word, unless one of the two neighbours
    at that border is of a script without spaces.
    """
    return _border(text, start - 1, start) and _border(text, end - 1, end)


def _border(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return True
    before, after = text[left], text[right]
    if not (before.isalnum() or before == "_") or not (after.isalnum() or after == "_"):
        return True
    return is_cjk(before) or is_cjk(after)
