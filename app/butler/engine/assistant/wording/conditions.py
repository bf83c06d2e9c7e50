"""The conditions that a clause asks for, with its numbers read."""

import re
from collections.abc import Iterator
from typing import Any

from butler.engine.assistant.wording.models import without_tools
from butler.engine.assistant.wording.words import CONDITIONS, LONG, SHORT, TASKS

_LONG_TOKENS, _SHORT_TOKENS = 20_000, 500
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)\s*(k|m|万|千|thousand|million)?"
_MANY = {"k": 1_000, "thousand": 1_000, "千": 1_000, "万": 10_000, "m": 1_000_000}
_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
_TOKENS = re.compile(_NUMBER + r"\s*(?:个)?\s*(?:tokens?|词元|字符?)")
_BELOW = re.compile(
    r"under|below|less than|shorter|at most|up to|within|少于|低于|不超过|小于|以内|不到"
)
_PRICE = re.compile(
    r"(?:\$|usd|us\$)\s*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*(?:dollars?|usd|美元|美金|刀)"
)
_CHEAPER = re.compile(r"cheaper|below|under|less than|at most|低于|不超过|少于|便宜|以内|以下")
_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|milliseconds?|毫秒|s\b|sec(?:ond)?s?|秒)")
_QUICK = re.compile(r"within|faster|quicker|answers? in|latency|延迟|内(?:回答|响应|返回)|以内")
_HOURS = re.compile(
    r"(?:between|from)?\s*(\d{1,2})(?::(\d{2}))?\s*(am|pm|点)?\s*(?:and|to|-|–|到"
    r"|至)\s*(\d{1,2})(?::(\d{2}))?\s*(am|pm|点)?"
)
_QUOTED = re.compile(r"[\"“”'‘’「」『』]([^\"“”'‘’「」『』]{1,60})[\"“”'‘’「」『』]")
_MENTIONS = re.compile(
    r"(?:mentions?|contains?|says?|includes?|with the words?|包含|提到|含有"
    r"|出现)\s+(?:the words? )?([a-z][\w-]{2,30})"
)


def conditions(clause: str, models_out: str) -> list[dict[str, Any]]:
    """Return the conditions of a folded clause; `models_out` is the same without its models."""
    found = [*_words(clause), *_size(models_out), *_price(models_out), *_speed(models_out)]
    found += [*_hours(models_out), *_known(models_out)]
    if not any(each["kind"] == "keywords" for each in found):
        found += _tasks(models_out)
    return found


def _tasks(text: str) -> Iterator[dict[str, Any]]:
    text = without_tools(text)
    tasks = [task.value for task, words in TASKS.items() if re.search(_word(words), text)]
    # What is general stands beside the others only where nothing else is said.
    specific = [task for task in tasks if task not in ("general",)] or tasks
    if specific:
        yield {"kind": "task", "tasks": specific}


def _known(text: str) -> Iterator[dict[str, Any]]:
    for words, condition in CONDITIONS:
        if re.search(_word(words), text):
            yield dict(condition)


def _size(text: str) -> Iterator[dict[str, Any]]:
    match = _TOKENS.search(text.translate(_DIGITS))
    if match is not None:
        tokens = int(float(match[1].replace(",", "")) * _MANY.get(match[2] or "", 1))
        side = "max" if _BELOW.search(text) else "min"
        yield {"kind": "tokens", side: tokens}
    elif LONG.search(text):
        yield {"kind": "tokens", "min": _LONG_TOKENS}
    elif SHORT.search(text):
        yield {"kind": "tokens", "max": _SHORT_TOKENS}


def _price(text: str) -> Iterator[dict[str, Any]]:
    match = _PRICE.search(text)
    if match is not None and _CHEAPER.search(text):
        usd = float(match[1] or match[2])
        most = int(usd) if usd.is_integer() else usd
        yield {"kind": "cost", "max_input_usd": most, "max_output_usd": most}


def _speed(text: str) -> Iterator[dict[str, Any]]:
    match = _SECONDS.search(text)
    if match is not None and _QUICK.search(text):
        is_ms = match[2].startswith("m") or match[2] == "毫秒"
        yield {"kind": "latency", "max_ms": int(float(match[1]) * (1 if is_ms else 1_000))}


def _hours(text: str) -> Iterator[dict[str, Any]]:
    match = _HOURS.search(text)
    if match is None or not (match[2] or match[3] or match[5] or match[6]):
        return
    begins, ends = _clock(match[1], match[2], match[3]), _clock(match[4], match[5], match[6])
    if begins is not None and ends is not None and begins != ends:
        yield {"kind": "time", "from": begins, "to": ends}


def _clock(hour: str, minute: str | None, half: str | None) -> str | None:
    hours = int(hour) % 12 + (12 if half == "pm" else 0) if half in ("am", "pm") else int(hour)
    minutes = int(minute or 0)
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else None


def _words(clause: str) -> Iterator[dict[str, Any]]:
    words = [match[1].strip() for match in _QUOTED.finditer(clause)]
    words = words or [match[1] for match in _MENTIONS.finditer(clause)]
    words = [word for word in words if word and not re.search(_word(_ABSTRACT), word)]
    if words:
        yield {"kind": "keywords", "words": list(dict.fromkeys(words))}


_ABSTRACT = r"secrets?|passwords?|keys?|images?|code|tools?|密钥|隐私|密码|敏感"
"""What is meant as a kind of thing, not as a word to look for."""


def _word(words: str) -> str:
    """Return a pattern for whole words; Chinese has no edges between words."""
    return rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])"
