"""What a request means, apart from how it is written: what two translations are compared by."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from butler.engine.dialects.canonical import (
    Conversation,
    Document,
    Image,
    Inline,
    Link,
    Message,
    Part,
    Role,
    Text,
    Thought,
    ToolCall,
    ToolResult,
)

Facets = Mapping[str, Any]
_PLAIN = ("max_tokens", "temperature", "top_p", "top_k", "seed")


def facets_of(said: Conversation) -> Facets:
    """Return the meaning of a request by facet; ids, cache marks and thoughts do not count."""
    numbers = _numbered(said.messages)
    facets = {
        "system": _words(part for one in said.messages if _is_system(one) for part in one.parts),
        "turns": _turns([one for one in said.messages if not _is_system(one)], numbers),
        "tools": {tool.name: [tool.description or "", _bare(tool.schema)] for tool in said.tools},
        "tool_choice": _choice(said),
        # To allow it is what every vendor does by itself.
        "parallel_tools": said.parallel_tools is not False,
        "stop": list(said.stop),
        "format": None if said.format is None else _bare(said.format.schema or {}),
    }
    facets |= {name: getattr(said, name) for name in _PLAIN}
    return json.loads(json.dumps(facets))  # type: ignore[no-any-return]


def _is_system(message: Message) -> bool:
    return message.role is Role.SYSTEM


def _choice(said: Conversation) -> list[str | None] | None:
    chosen = said.tool_choice
    if chosen is None or chosen.choosing == "auto" or not said.tools:
        return None
    return [chosen.choosing, chosen.name]


def _numbered(messages: Iterable[Message]) -> Mapping[str, int]:
    """Number the calls: every dialect has ids of its own for them, or none."""
    numbers: dict[str, int] = {}
    for message in messages:
        for part in message.parts:
            if isinstance(part, ToolCall):
                numbers.setdefault(part.id, len(numbers))
    return numbers


def _turns(messages: Iterable[Message], numbers: Mapping[str, int]) -> list[list[Any]]:
    turns: list[list[Any]] = []
    for message in messages:
        parts = [told for part in message.parts if (told := _part(part, numbers)) is not None]
        if not parts:
            continue
        if turns and turns[-1][0] == message.role:
            turns[-1] += parts
        else:
            turns.append([message.role, *parts])
    return [[turn[0], *_joined(turn[1:])] for turn in turns]


def _joined(parts: list[Any]) -> list[Any]:
    """Put neighbouring words together: where one part ends is nobody's meaning."""
    joined: list[Any] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += "\n" + part
        else:
            joined.append(part)
    return [_squeezed(part) if isinstance(part, str) else part for part in joined]


def _part(part: Part, numbers: Mapping[str, int]) -> Any:
    match part:
        case Text(text):
            return text or None
        case Image(Inline(media_type, data)):
            return ["image", media_type, data]
        case Image(Link(url)):
            return ["image", url]
        case Document(Inline(media_type, data)):
            return ["document", media_type, data]
        case Document(Link(url)):
            return ["document", url]
        case ToolCall():
            return ["call", numbers.get(part.id), part.name, _json(part.arguments)]
        case ToolResult():
            parts = _joined([_part(one, numbers) for one in part.parts])
            return ["result", numbers.get(part.call_id), *parts]
        case Thought():
            return None
        case _:
            return [type(part).__name__.lower()]


def _words(parts: Iterable[Part]) -> str:
    return _squeezed("\n".join(part.text for part in parts if isinstance(part, Text)))


def _squeezed(text: str) -> str:
    """Return words without the space between them: how parts are put together says nothing."""
    return "".join(text.split())


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _bare(schema: Any) -> Any:
    """Return a schema without what says nothing or only some know, and with lower-case types."""
    if isinstance(schema, Mapping):
        kept = {
            key: _bare(value)
            for key, value in schema.items()
            if key not in _DECORATION and (key, value) != ("properties", {})
        }
        if isinstance(kind := kept.get("type"), str):
            kept["type"] = kind.lower()
        return kept
    return [_bare(one) for one in schema] if isinstance(schema, list) else schema


_DECORATION = frozenset({"$schema", "additionalProperties", "title", "strict", "propertyOrdering"})
