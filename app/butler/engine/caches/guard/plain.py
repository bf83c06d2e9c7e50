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
_TOKEN: Final = re.compile(
    rf"\d+(?:[.,:]\d+)*[^\W\d_{HAN}]*|(?<![\w.])\.\d+"
    rf"|[^\W_{HAN}]+(?:[.'’_@][^\W_{HAN}]+)*|[{HAN}]+|(?<=[\d)])!"
    rf"|(?<=[^\W\d_])-(?=[^\W\d_])|[^{_PUNCTUATION}\w]"
)
_ASCII_TOKEN: Final = re.compile(
    r"\d+(?:[.,:]\d+)*[a-z]*|(?<![\w.])\.\d+|[a-z0-9]+(?:[.'_@][a-z0-9]+)*|(?<=[\d)])!"
    r"|(?<=[a-z])-(?=[a-z])|[^\s.,!?;:\"'`~_\w]"
)
_CODE: Final = re.compile(
    r"```|[;{}][ \t]*$|=>|</\w|\w\(\)|[=!]=|:=|->|::|\\\w"
    r"|^[ \t]*(?:def|class|import|from|for|while|if|elif|else|try|return|function|const|let|var"
    r"|public|private|static|#include|select|insert|update|package|func|fn)\b[^\n]*[:;({,][ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


def has_code(text: str) -> bool:
    """Say whether case and signs of a text mean something."""
    return _CODE.search(text) is not None


def plain_tokens(text: str) -> list[str]:
    """Return the words, numbers and telling signs of a text in which nothing is code."""
    if text.isascii():
        found = _ASCII_TOKEN.findall(text.lower())
    else:
        folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
        found = _TOKEN.findall(folded)
    return strip_courtesy([token for token in found if token != "-"] if "-" in found else found)


def plain_code(text: str) -> list[str]:
    """Return the lines of a text that holds code, without what stands around them."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return [line for line in lines if line]
