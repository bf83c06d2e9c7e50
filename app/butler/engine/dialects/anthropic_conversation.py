"""Anthropic messages, read into the hub's types.

Source: Anthropic API reference, "Messages" (create), "Tool use", "Vision", "PDF support",
"Structured outputs". What means something to the vendor alone (its own tools and what they said,
context management, who the user is) has no place in the hub, and is left out.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from butler.engine.dialects.canonical import (
    Choosing,
    Conversation,
    Document,
    Image,
    Inline,
    JsonFormat,
    Link,
    Message,
    Part,
    Role,
    Text,
    Thought,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
)
from butler.engine.dialects.responses_seal import unseal
from butler.engine.dialects.unheard import THINKING, unheard
from butler.engine.errors import ClientError

Object = Mapping[str, Any]
_ROLES = {"system": Role.SYSTEM, "user": Role.USER, "assistant": Role.ASSISTANT}
_CHOICES = {
    "auto": Choosing.AUTO,
    "any": Choosing.REQUIRED,
    "tool": Choosing.NAMED,
    "none": Choosing.NONE,
}
_OWN_TOOL = "custom"
_READ = THINKING | {
    *("messages", "system", "stream", "tools", "tool_choice", "max_tokens", "temperature"),
    *("top_p", "top_k", "stop_sequences", "output_config"),
}
_BLOCKS = frozenset(
    {
        *("text", "image", "document", "thinking", "redacted_thinking", "tool_use"),
        *("tool_result", "search_result", "tool_reference"),
    }
)
_BILLING = "x-anthropic-billing-header:"
"""Claude Code puts this line before its system prompt; it is nobody's business but the vendor's."""


def read_conversation(data: Object) -> Conversation:
    """Read a whole request; raises ClientError where a part of it can not be read."""
    choice = _object(data.get("tool_choice"))
    tools = tuple(_tools(data.get("tools")))
    serial = choice.get("disable_parallel_tool_use")
    return Conversation(
        messages=(*_system(data.get("system")), *_messages(data.get("messages"))),
        stream=bool(data.get("stream")),
        tools=tools,
        tool_choice=_choice(choice, tools),
        parallel_tools=not serial if isinstance(serial, bool) else None,
        max_tokens=_whole(data.get("max_tokens")),
        temperature=_number(data.get("temperature")),
        top_p=_number(data.get("top_p")),
        top_k=_whole(data.get("top_k")),
        stop=tuple(stop for stop in _list(data.get("stop_sequences")) if isinstance(stop, str)),
        format=_format(data),
        left_out=tuple(dict.fromkeys(_left_out(data))),
    )


def _left_out(data: Object) -> Iterator[str]:
    for tool in _list(data.get("tools")):
        kind = _object(tool).get("type")
        if isinstance(kind, str) and kind != _OWN_TOOL:
            yield f"the tool `{kind[:60]}`, which only its vendor runs"
    yield from unheard(data, _READ)
    for name in _object(data.get("output_config")):
        if name != "format" and not (name == "effort" and data.get("thinking")):
            yield f"`output_config.{name[:60]}`"
    for message in map(_object, _list(data.get("messages"))):
        for name in message.keys() - {"role", "content"}:
            yield f"`{name[:60]}` of a message"
        yield from _unsayable(message.get("content"))


def _unsayable(content: Any) -> Iterator[str]:
    """Yield what of a content only the vendor's own models could be given."""
    for block in map(_object, _list(content)):
        kind = _text(block.get("type"))
        if kind not in _BLOCKS:
            yield f"a block of the kind `{kind[:60]}`, which only its vendor knows"
        if _object(block.get("citations")).get("enabled"):
            yield "citations of documents"
        if any(_text(_object(it).get("type")) != "text" for it in _list(_quoted(block))):
            yield "what is no text in a document"
        if block.get("context"):
            yield "the context of a document"
        if kind == "tool_result":
            yield from _unsayable(block.get("content"))


def _quoted(block: Object) -> Any:
    return _object(block.get("source")).get("content")


def _system(system: Any) -> Iterator[Message]:
    parts = tuple(
        part
        for part in _parts(system, "system")
        if not (isinstance(part, Text) and part.text.startswith(_BILLING))
    )
    if parts:
        yield Message(Role.SYSTEM, parts)


def _messages(messages: Any) -> Iterator[Message]:
    for place, message in enumerate(_list(messages)):
        where = f"messages[{place}]"
        role = _object(message).get("role")
        if not isinstance(role, str) or role not in _ROLES:
            raise _unreadable(f"{where}.role", "is no role that is known")
        yield Message(_ROLES[role], tuple(_parts(message.get("content"), where)))


def _parts(content: Any, where: str) -> Iterator[Part]:
    if isinstance(content, str):
        yield Text(content)
    for place, block in enumerate(_list(content)):
        if not isinstance(block, dict):
            raise _unreadable(f"{where}.content[{place}]", "is not an object")
        part = _part(block, f"{where}.content[{place}]")
        if part is not None:
            yield part


def _part(block: Object, where: str) -> Part | None:
    """Return what a block says; None for what the vendor's own tools have said."""
    cache = block.get("cache_control")
    cache = cache if isinstance(cache, dict) else None
    match block.get("type"):
        case "text":
            return Text(_text(block.get("text")), cache)
        case "image":
            return Image(_source(block, where), cache)
        case "document":
            return Document(_document(block, where), _text(block.get("title")) or None, cache)
        case "thinking":
            return _thought(_text(block.get("thinking")), _text(block.get("signature")))
        case "redacted_thinking":
            sealed = _text(block.get("data"))
            return unseal(sealed) or Thought(sealed=sealed)
        case "tool_use":
            arguments = orjson.dumps(_object(block.get("input"))).decode()
            return ToolCall(_text(block.get("id")), _text(block.get("name")), arguments)
        case "tool_result":
            return _result(block, where, cache)
        case "search_result":
            head = (_text(block.get("title")), _text(block.get("source")))
            found = [words for words in (*head, *_words_of(block.get("content"))) if words]
            return Text("\n".join(found), cache)
        case "tool_reference":
            return Text(f"The tool {_text(block.get('tool_name'))} can be called now.")
    return None


def _thought(words: str, signature: str) -> Thought:
    """Return a thought; where its signature was made here, with what stands in that."""
    known = unseal(signature)
    return Thought(words, signature or None) if known is None else replace(known, text=words)


def _result(block: Object, where: str, cache: Object | None) -> ToolResult:
    return ToolResult(
        _text(block.get("tool_use_id")),
        tuple(_parts(block.get("content"), where)),
        block.get("is_error") is True,
        cache,
    )


def _source(block: Object, where: str) -> Inline | Link:
    source = _object(block.get("source"))
    match source.get("type"):
        case "base64" if isinstance(source.get("data"), str):
            return Inline(_text(source.get("media_type")) or "image/png", source["data"])
        case "url" if isinstance(source.get("url"), str):
            return Link(source["url"])
    raise _unreadable(f"{where}.source", "is known only where it was uploaded")


def _document(block: Object, where: str) -> Inline | Link:
    source = _object(block.get("source"))
    match source.get("type"):
        case "text":
            words = _text(source.get("data"))
        case "content":
            words = "\n\n".join(_words_of(source.get("content")))
        case _:
            return _source(block, where)
    return Inline("text/plain", base64.b64encode(words.encode()).decode())


def _words_of(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    for block in _list(content):
        if _object(block).get("type") == "text":
            yield _text(block.get("text"))


def _tools(tools: Any) -> Iterator[Tool]:
    for tool in _list(tools):
        # Those with a type of their own are run by the vendor, or known to its models alone.
        if _object(tool).get("type", _OWN_TOOL) != _OWN_TOOL or not _object(tool).get("name"):
            continue
        cache = tool.get("cache_control")
        yield Tool(
            _text(tool["name"]),
            _object(tool.get("input_schema")),
            _text(tool.get("description")) or None,
            tool["strict"] if isinstance(tool.get("strict"), bool) else None,
            cache if isinstance(cache, dict) else None,
        )


def _choice(choice: Object, tools: Sequence[Tool]) -> ToolChoice | None:
    """Return what is to be called; one of the vendor's own tools can not be, by anybody else."""
    choosing = _CHOICES.get(_text(choice.get("type")))
    name = _text(choice.get("name")) or None
    is_gone = choosing is Choosing.NAMED and all(tool.name != name for tool in tools)
    return None if choosing is None or is_gone else ToolChoice(choosing, name)


def _format(data: Object) -> JsonFormat | None:
    wanted = _object(_object(data.get("output_config")).get("format"))
    if wanted.get("type") != "json_schema":
        return None
    return JsonFormat(_object(wanted.get("schema")), "answer", True)


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _object(value: Any) -> Object:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _unreadable(where: str, what: str) -> ClientError:
    return ClientError(400, "invalid_value", f"`{where}` {what}.", param=where)
