"""Politeness around an ask: greetings before it, thanks behind it, and please on both sides."""

from typing import Final

_BEFORE: Final = frozenset("please pls plz kindly hi hello hey dear thanks".split())
_BEHIND: Final = frozenset("please pls plz thanks thx ty cheers".split())
_THANKS: Final = (
    ("thank", "you"),
    ("thank", "you", "very", "much"),
    ("thank", "you", "so", "much"),
    ("thanks", "a", "lot"),
    ("thanks", "so", "much"),
    ("thanks", "in", "advance"),
    ("many", "thanks"),
    ("if", "you", "please"),
)
_ASKING: Final = frozenset("can could would will".split())
_TOLD: Final = frozenset(
    "explain tell write give help show describe list summarize summarise translate create"
    " generate make provide suggest recommend find rewrite compare define solve calculate convert"
    " draft outline check fix correct edit name identify classify please kindly implement".split()
)
_BEFORE_ZH: Final = ("您好", "你好", "请问一下", "请问", "麻烦你", "麻烦您", "麻烦", "请")
_BEHIND_ZH: Final = ("谢谢你", "谢谢您", "谢谢啦", "谢谢了", "谢谢", "多谢", "非常感谢", "感谢")


def strip_courtesy(tokens: list[str]) -> list[str]:
    """Return what is asked, without the courtesy around it; all of it where nothing else is."""
    start, end = 0, len(tokens)
    while start < end and (step := _polite_before(tokens, start)):
        start += step
    while start < end and (step := _polite_behind(tokens, end)):
        end -= step
    return _strip_zh(tokens[start:end]) or tokens


def _polite_before(tokens: list[str], start: int) -> int:
    word = tokens[start]
    if word in _BEFORE:
        return 1
    if word == "thank" and tokens[start + 1 : start + 2] == ["you"]:
        return 2
    if word in _ASKING and tokens[start + 1 : start + 2] == ["you"]:
        return 2 if start + 2 < len(tokens) and tokens[start + 2] in _TOLD else 0
    return 0


def _polite_behind(tokens: list[str], end: int) -> int:
    if tokens[end - 1] in _BEHIND:
        return 1
    for words in _THANKS:
        if tokens[end - 1] == words[-1] and tuple(tokens[end - len(words) : end]) == words:
            return len(words)
    return 0


def _strip_zh(tokens: list[str]) -> list[str]:
    if not tokens:
        return tokens
    first, last = tokens[0], tokens[-1]
    if first.isascii() and last.isascii():
        return tokens
    tokens = list(tokens)
    for words in _BEFORE_ZH:
        if tokens[0].startswith(words) and tokens[0] != words:
            tokens[0] = tokens[0].removeprefix(words)
    for words in _BEHIND_ZH:
        if tokens[-1].endswith(words) and tokens[-1] != words:
            tokens[-1] = tokens[-1].removesuffix(words)
        elif tokens[-1] == words and len(tokens) > 1:
            tokens.pop()
    return tokens
