"""Finds the user's own words in a chat request, among all that tools put around them.

Agents send 20-90 KB of system prompt, reminders and tool results around a one-line ask, so the
size of a request says next to nothing about it. What is read here is the last message that a
person wrote; the walk goes backwards and stops there, so its cost does not grow with the request.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from butler.engine.signals.client.listed import TOOLS
from butler.engine.signals.client.tool import NOT_WRAPPED

_WRAPPINGS: Final = tuple(tool.wrapping for tool in TOOLS if tool.wrapping is not NOT_WRAPPED)
# Whoever calls: forks and front ends wrap words as their originals do.
_INJECTED: Final = tuple(dict.fromkeys(name for one in _WRAPPINGS for name in one.elements))
_AROUND_THE_ASK: Final = tuple(dict.fromkeys(name for one in _WRAPPINGS for name in one.around))
_STRETCHES: Final = tuple(stretch for one in _WRAPPINGS for stretch in one.stretches)
_PREFIXES: Final = tuple(one.prefix for one in _WRAPPINGS if one.prefix is not None)
_LINES: Final = tuple(line for one in _WRAPPINGS for line in one.lines)

_TOOL_ROLES: Final = frozenset({"tool", "function"})
_TEXT_PARTS: Final = frozenset({"text", "input_text"})
_TOOL_PARTS: Final = frozenset({"tool_result", "function_call_output", "tool_reference"})
_OBSERVATION: Final = "Observation:"

_EARLIER_TURNS: Final = 2
_EARLIER_CHARS: Final = 4_000

_CJK: Final = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_UNIT: Final = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+(?:['’][^\W{_CJK}]+)?")
_FOLLOW_UP_CHARS: Final = 120
_TINY_UNITS: Final = 2
_SHORT_WORDS: Final = 10
_SHORT_HAN: Final = 18
_LEANS_EN: Final = re.compile(
    r"^\W*(?:and|also|now|then|but|or|so|again|continue|go on|go ahead|keep going|carry on|more"
    r"|another|next|same|what about|how about|what if|try|ok(?:ay)?|yes|no|nope|yep|yeah|sure"
    r"|instead|shorter|longer|simpler|better|make it|do it|please continue|one more|once more"
    r"|thanks|thank you|great|perfect|actually)\b"
    r"|^\W*(?:in|to|with|without|using|as an?|why|why not|which ones?) ?\w*(?: please)?\W*$"
    r"|\b(?:it|its|that|this|these|those|them|above|previous|earlier|instead|too|the same"
    r"|the (?:first|second|third|last|other|next) (?:one|part)|your answer)\b",
    re.IGNORECASE,
)
_LEANS_ZH: Final = re.compile(
    r"^\W*(?:继续|繼續|接着|接著|然后|然後|那|再|还有|還有|另外|换|換|也|不对|不對|不是|好的|可以|是的"
    r"|嗯|谢谢|謝謝|为什么[?？]?$|為什麼[?？]?$|为啥|具体|具體|详细|詳細|更|短|长|長)"
    r"|^\W*(?:用|以|改)[^写寫做画畫]{1,8}$|[它这這那]|上面|刚才|剛才|前面|上述|之前|你的回答|一点|一點|一遍|呢\W*$"
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What the user wants now.

    `earlier` holds up to two earlier user turns, newest first, and only where `text` is a short
    follow-up that says little by itself. `continuation` is true where the request carries a tool
    result back: the user wrote nothing new.
    """

    text: str
    earlier: tuple[str, ...]
    continuation: bool


def find_ask(messages: list[object]) -> Ask:
    """The user's ask in the `messages` of a chat request; malformed messages are passed over.

    Where nobody wrote anything the text is empty. System and developer messages are ignored
    wherever they stand: some tools send them after the user's.
    """
    turns = _user_turns(messages)
    text = next(turns, "")
    earlier: list[str] = []
    if is_follow_up(text):
        for turn in turns:
            if turn:
                earlier.append(turn[:_EARLIER_CHARS])
            if len(earlier) == _EARLIER_TURNS:
                break
    return Ask(text, tuple(earlier), _is_continuation(messages))


def is_follow_up(text: str) -> bool:
    """Whether a turn leans on those before it: "and in French?", "继续", or a picture alone."""
    if len(text) > _FOLLOW_UP_CHARS:
        return False
    units = _UNIT.findall(text)
    if len(units) <= _TINY_UNITS:
        return True
    han = sum(1 for unit in units if unit >= "\u3040")
    if han > len(units) // 2:
        return han <= 4 or (han <= _SHORT_HAN and _LEANS_ZH.search(text) is not None)
    return len(units) <= _SHORT_WORDS and _LEANS_EN.search(text) is not None


def _user_turns(messages: list[object]) -> Iterator[str]:
    """The turns a person wrote, newest first; empty text for a turn of pictures only."""
    for message in reversed(messages):
        if not isinstance(message, dict) or message.get("role") != "user":
            continue
        content = message.get("content")
        raw = _text_of(content)
        if _is_observation(raw):
            continue
        own = own_words(raw)
        if own or _has_attachment(content):
            yield own


def _text_of(content: object) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = [part if isinstance(part, str) else _part_text(part) for part in content]
    return "\n".join(text for text in texts if text)


def _part_text(part: object) -> str:
    if not isinstance(part, dict) or _kind(part) not in _TEXT_PARTS:
        return ""
    text = part.get("text")
    return text if isinstance(text, str) else ""


def _kind(part: object) -> str:
    """The type of one content part; empty for what is no part at all."""
    kind = part.get("type", "text") if isinstance(part, dict) else ""
    return kind if isinstance(kind, str) else ""


def _has_attachment(content: object) -> bool:
    """Whether the message holds a part that is neither text nor a tool result."""
    known = _TEXT_PARTS | _TOOL_PARTS | {""}
    return isinstance(content, list) and any(_kind(part) not in known for part in content)


def _has_tool_result(content: object) -> bool:
    return isinstance(content, list) and any(_kind(part) in _TOOL_PARTS for part in content)


def _is_observation(text: str) -> bool:
    """smolagents hands a tool's result back as a user message of this form."""
    return text.startswith(_OBSERVATION)


def own_words(text: str) -> str:
    """`text` without the reminders, contexts, dates and runtime lines that tools add to it."""
    for begin, end in _STRETCHES:
        if begin in text:
            text = _without(text, begin, end, to_the_end=True)
    if "</" in text:
        text = _without_elements(text)
    for mark, line in _LINES:
        if mark in text:
            text = line.sub("", text)
    for pattern in _PREFIXES:
        text = pattern.sub("", text, count=1)
    return text.strip()


def _without_elements(text: str) -> str:
    for name in _INJECTED:
        if f"</{name}>" in text:
            text = _without(text, f"<{name}", f"</{name}>")
    for name in _AROUND_THE_ASK:
        if f"</{name}>" in text:
            text = text.replace(f"<{name}>", "").replace(f"</{name}>", "")
    return text


def _without(text: str, begin: str, end: str, *, to_the_end: bool = False) -> str:
    """Cuts every stretch from `begin` through `end`; one without an end stays unless told."""
    kept: list[str] = []
    at = 0
    while (start := text.find(begin, at)) >= 0:
        stop = text.find(end, start)
        if stop < 0:
            if to_the_end:
                kept.append(text[at:start])
                at = len(text)
            break
        kept.append(text[at:start])
        at = stop + len(end)
    kept.append(text[at:])
    return "".join(kept)


def _is_continuation(messages: list[object]) -> bool:
    """Whether the last thing said, tools' own additions aside, is a tool's result."""
    for message in reversed(messages):
        if not isinstance(message, dict):
            continue
        role, content = message.get("role"), message.get("content")
        if not isinstance(role, str) or role in ("system", "developer"):
            continue
        if role != "user":
            return role in _TOOL_ROLES
        raw = _text_of(content)
        if _has_tool_result(content):
            return not own_words(raw)
        if own_words(raw) or _has_attachment(content):
            return _is_observation(raw)
    return False
