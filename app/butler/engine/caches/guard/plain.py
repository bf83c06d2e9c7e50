"""A prompt without what never changes its meaning: case, spaces, punctuation and politeness.

Code keeps its case, its signs and its lines, because there they mean something.
"""

import re
import unicodedata
from typing import Final

from butler.engine.caches.guard.courtesy import strip_courtesy

HAN: Final = "\u3400-\u9fff\U00020000-\U0003ffff"

# What is dropped between words. A sign that is not listed here is kept: it may mean something.
_PUNCTUATION: Final = (
    r"\s.,!?;:\"'“”‘’‚„…—–`´·。，！？、；：《》〈〉「」『』【】〔〕～~_\u200b-\u200f\ufeff"
)
_NUMBER: Final = r"\d+(?:[.,:]\d+)*"
_TELLING: Final = r"(?<![^\s(])\.\w+|(?<=[\d)])!|:(?=\])|(?<=\[):"
_TOKEN: Final = re.compile(
    rf"{_NUMBER}[^\W\d_{HAN}]*|[^\W_{HAN}]+(?:[.'’_@][^\W_{HAN}]+)*|[{HAN}]+|{_TELLING}"
    rf"|(?!(?<=[^\W\d_])-[^\W\d_])[^{_PUNCTUATION}\w]"
)
_ASCII_TOKEN: Final = re.compile(
    rf"{_NUMBER}[a-z]*|[a-z0-9]+(?:[.'_@][a-z0-9]+)*|{_TELLING}"
    r"|(?!(?<=[a-z])-[a-z])[^\s.,!?;:\"'`~_\w]"
)
_QUOTED_CODE: Final = re.compile(r"(`[^`\n]+`)")
_CODE: Final = re.compile(
    r"```|[;{}][ \t]*$|=>|</\w|\w\(\)|[=!]=|:=|->|::|\\\w"
    r"|^[ \t]*(?:def|class|import|from|for|while|if|elif|else|try|return|function|const|let|var"
    r"|public|private|static|#include|select|insert|update|package|func|fn)\b[^\n]*[:;({,][ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


_SIGNS_OF_CODE: Final = frozenset("`;{}=<>():\\,")


def has_code(text: str) -> bool:
    """Say whether case and signs of a text mean something."""
    if _SIGNS_OF_CODE.isdisjoint(text):
        # Nearly every question; and the pattern looks at each character.
        return False
    return _CODE.search(text) is not None


def plain_tokens(text: str) -> list[str]:
    """Return the words, numbers and telling signs of a text, and code between back quotes."""
    if "`" not in text:
        return strip_courtesy(_tokens(text))
    tokens: list[str] = []
    for place, part in enumerate(_QUOTED_CODE.split(text)):
        if place % 2:
            tokens.append(part)
        else:
            tokens += _tokens(part)
    return strip_courtesy(tokens)


def _tokens(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return _TOKEN.findall(folded)


def plain_code(text: str) -> list[str]:
    """Return the lines of a text that holds code, without what stands around them."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return [line for line in lines if line]
