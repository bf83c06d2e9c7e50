"""Text made comparable: folded case, one form per character, one kind of space."""

import unicodedata

_WIDE_MARKS = tuple(zip("，！？：；（）…", (*",!?:;()", "..."), strict=True))
_SCRIPTS_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
)


def fold(text: str) -> str:
    """Fold case and compatibility forms (full-width letters, ligatures) and join white space.

    Source: Unicode Standard Annex 15 (NFKC) and section 3.13 (default case folding).
    """
    if not text.isascii():
        # One Chinese comma keeps `normalize` from its short cut, which is twenty times as fast.
        for wide, narrow in _WIDE_MARKS:
            text = text.replace(wide, narrow)
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def is_cjk(char: str) -> bool:
    """Say whether a character is Chinese, Japanese or Korean."""
    point = ord(char)
    return 0x2E80 <= point <= 0x9FFF or 0xAC00 <= point <= 0xD7AF or 0x20000 <= point <= 0x3FFFF


def is_word(text: str, start: int, end: int) -> bool:
    """Say whether `text[start:end]` stands as a word of its own, in any script.

    Letters, digits and the marks upon them join what they stand beside to a longer word,
    unless one of the two neighbours at that border is of a script without spaces.
    """
    return _border(text, start - 1, start) and _border(text, end - 1, end)


def _border(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return True
    before, after = text[left], text[right]
    if not (_is_of_word(before) and _is_of_word(after)):
        return True
    return _needs_no_space(before) or _needs_no_space(after)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")


def _needs_no_space(char: str) -> bool:
    point = ord(char)
    return is_cjk(char) or any(low <= point <= high for low, high in _SCRIPTS_WITHOUT_SPACES)
