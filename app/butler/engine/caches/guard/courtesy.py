"""Politeness around an ask: greetings before it, thanks behind it, and please on both sides."""

import re
from typing import Final

_BEFORE: Final = frozenset("please pls plz kindly".split())
_GREETING: Final = frozenset("hi hello hey thanks".split())
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
_ASKS: Final = (
    _TOLD
    | _BEFORE
    | _ASKING
    | frozenset(
        "what what's whats how how's why which who who's whose where where's when is are am do does"
        " did should i i'm have has was were if there".split()
    )
)
_TAKES: Final = frozenset(
    "of to with say says said saying for from by than a an the word phrase my your no and or"
    " mean means called without like as into".split()
)
# A word of thanks behind one of these is what is asked about: "a note of thanks".

_HELLO_ZH: Final = frozenset(("你好", "您好"))
_BEFORE_ZH: Final = re.compile(
    r"(?:请问一下|请问|麻烦[你您]|请(?![假客求教帖柬愿示安罪])(?:你|您)?)(?=.)"
)
_BEHIND_ZH: Final = re.compile(r"(?<=.)(?:谢谢[你您啦了]?|多谢|非常感谢|感谢[你您])$")


def strip_courtesy(tokens: list[str]) -> list[str]:
    """Return what is asked, without the courtesy around it; all of it where nothing else is."""
    start, end = 0, len(tokens)
    while start < end and (step := _polite_before(tokens, start)):
        start += step
    while start < end and (step := _polite_behind(tokens, end)):
        if end - step - start < 2 or tokens[end - step - 1] in _TAKES:
            break
        end -= step
    return _strip_zh(tokens[start:end]) or tokens


def _polite_before(tokens: list[str], start: int) -> int:
    word = tokens[start]
    if word in _BEFORE:
        return 1
    if word in _GREETING:
        return int(start + 1 < len(tokens) and _opens(tokens[start + 1]))
    if word == "thank" and tokens[start + 1 : start + 2] == ["you"]:
        return 2
    if word in _ASKING and tokens[start + 1 : start + 2] == ["you"]:
        return 2 if start + 2 < len(tokens) and tokens[start + 2] in _TOLD else 0
    return 0


def _opens(word: str) -> bool:
    """Say whether an ask begins so: "hello world" and "Hey Jude" greet nobody."""
    return word in _ASKS or word in _GREETING or not word.isascii()


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
    if first in _HELLO_ZH and len(tokens) > 1:
        tokens = tokens[1:]
    if len(tokens) > 1 and _BEHIND_ZH.fullmatch(f" {last}", 1):
        tokens = tokens[:-1]
    tokens = [
        _BEFORE_ZH.sub("", tokens[0], 1) if _BEFORE_ZH.match(tokens[0]) else tokens[0],
        *tokens[1:],
    ]
    return [*tokens[:-1], _BEHIND_ZH.sub("", tokens[-1])]
