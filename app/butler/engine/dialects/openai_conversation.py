"""OpenAI chat completions, read into the hub's types.

Source: OpenAI API reference, "Chat Completions" (create). Clients are forgiven what vendors
forgive: a content that is null, text where a list could be, arguments that are an object.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from butler.engine.dialects.canonical import (
    Audio,
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
from butler.engine.errors import ClientError

_DATA_URL = re.compile(r"data:([^;,]*)(?:;[^;,]*)*;base64,", re.IGNORECASE)
_ROLES = {
    "system": Role.SYSTEM,
    "developer": Role.SYSTEM,
    "user": Role.USER,
    "assistant": Role.ASSISTANT,
}
_CHOICES = {
    "auto": Choosing.AUTO,
    "none": Choosing.NONE,
    "required": Choosing.REQUIRED,
    "any": Choosing.REQUIRED,
}


def read_conversation(data: Mapping[str, Any]) -> Conversation:
    """Read a whole request; raises ClientError where a part of it can not be read, or told on."""
    if (_whole(data.get("n")) or 1) > 1:
        raise _unreadable("n", "asks for several answers, and this model gives one")
    return Conversation(
        messages=tuple(_messages(data.get("messages"))),
        stream=bool(data.get("stream")),
        tools=tuple(_tools(data)),
        tool_choice=_tool_choice(data),
        parallel_tools=_flag(data.get("parallel_tool_calls")),
        max_tokens=_whole(data.get("max_completion_tokens")) or _whole(data.get("max_tokens")),
        temperature=_number(data.get("temperature")),
        top_p=_number(data.get("top_p")),
        top_k=_whole(data.get("top_k")),
        stop=_stop(data.get("stop")),
        format=_format(data.get("response_format")),
        user=_string(data.get("user")),
    )


def _messages(messages: Any) -> Iterator[Message]:
    for place, message in enumerate(messages if isinstance(messages, list) else ()):
        where = f"messages[{place}]"
        if not isinstance(message, dict):
            raise _unreadable(where, "is not an object")
        role = _string(message.get("role"))
        if role in ("tool", "function"):
            call_id = str(message.get("tool_call_id") or message.get("name") or "")
            yield Message(Role.USER, (_tool_result(call_id, message, where),))
        elif role is not None and role in _ROLES:
            parts = [*_thoughts(message), *_parts(message.get("content"), where)]
            parts += _tool_calls(message, where)
            yield Message(_ROLES[role], tuple(parts))
        else:
            raise _unreadable(f"{where}.role", "is no role that is known")


def _tool_result(call_id: str, message: Mapping[str, Any], where: str) -> ToolResult:
    parts = tuple(_parts(message.get("content"), where))
    return ToolResult(call_id, parts, cache=_object(message.get("cache_control")))


def _thoughts(message: Mapping[str, Any]) -> Iterator[Part]:
    said = message.get("reasoning_content") or message.get("reasoning")
    if message.get("role") == "assistant" and isinstance(said, str):
        yield Thought(said)


def _parts(content: Any, where: str) -> Iterator[Part]:
    if content is None:
        return
    if isinstance(content, str):
        yield Text(content)
        return
    for place, part in enumerate(content if isinstance(content, list) else [content]):
        yield _part(part, f"{where}.content[{place}]")


def _part(part: Any, where: str) -> Part:
    if isinstance(part, str):
        return Text(part)
    if not isinstance(part, dict):
        raise _unreadable(where, "is not an object")
    cache = _object(part.get("cache_control"))
    match part.get("type"):
        case "text" | "input_text" | "output_text":
            return Text(_string(part.get("text")) or "", cache)
        case "refusal":
            return Text(_string(part.get("refusal")) or "", cache)
        case "image_url" | "input_image":
            return Image(_source(part.get("image_url"), where), cache)
        case "file":
            return _document(part.get("file"), where, cache)
        case "input_audio":
            return _audio(part.get("input_audio"), where)
        case other:
            raise _unreadable(f"{where}.type", f"is {other!r}, which this model can not be given")


def _source(image: Any, where: str) -> Inline | Link:
    url = image.get("url") if isinstance(image, dict) else image
    if not isinstance(url, str) or not url:
        raise _unreadable(f"{where}.image_url", "has no URL")
    return _inline(url) or Link(url)


def _inline(url: str) -> Inline | None:
    found = _DATA_URL.match(url, 0, 256)
    return Inline(found.group(1).lower() or "text/plain", url[found.end() :]) if found else None


def _document(file: Any, where: str, cache: Mapping[str, Any] | None) -> Document:
    data = file.get("file_data") if isinstance(file, dict) else None
    if not isinstance(data, str) or not data:
        raise _unreadable(
            f"{where}.file", "has no `file_data`; a `file_id` is known only where it was uploaded"
        )
    is_link = data.startswith(("https://", "http://"))
    source = Link(data) if is_link else _inline(data) or Inline("application/pdf", data)
    return Document(source, _string(file.get("filename")), cache)


def _audio(audio: Any, where: str) -> Audio:
    data = audio.get("data") if isinstance(audio, dict) else None
    if not isinstance(data, str):
        raise _unreadable(f"{where}.input_audio", "has no `data`")
    return Audio(_string(audio.get("format")) or "wav", data)


def _tool_calls(message: Mapping[str, Any], where: str) -> Iterator[Part]:
    for place, call in enumerate(_list(message.get("tool_calls"))):
        function = call.get("function") if isinstance(call, dict) else None
        if not isinstance(function, dict):
            raise _unreadable(f"{where}.tool_calls[{place}]", "calls no function")
        yield ToolCall(
            str(call.get("id") or ""), str(function.get("name") or ""), _arguments(function)
        )
    if isinstance(function := message.get("function_call"), dict):
        name = str(function.get("name") or "")
        yield ToolCall(name, name, _arguments(function))


def _arguments(function: Mapping[str, Any]) -> str:
    given = function.get("arguments")
    return given if isinstance(given, str) else orjson.dumps(given or {}).decode()


def _tools(data: Mapping[str, Any]) -> Iterator[Tool]:
    for place, tool in enumerate(_list(data.get("tools"))):
        function = tool.get("function") if isinstance(tool, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            raise _unreadable(f"tools[{place}]", "is no function, and this model has only those")
        yield _tool(function, _object(tool.get("cache_control")))
    for function in _list(data.get("functions")):
        if isinstance(function, dict) and isinstance(function.get("name"), str):
            yield _tool(function, None)


def _tool(function: Mapping[str, Any], cache: Mapping[str, Any] | None) -> Tool:
    return Tool(
        function["name"],
        _object(function.get("parameters")) or {},
        _string(function.get("description")),
        _flag(function.get("strict")),
        cache,
    )


def _tool_choice(data: Mapping[str, Any]) -> ToolChoice | None:
    choice = data.get("tool_choice", data.get("function_call"))
    if isinstance(choice, str):
        return ToolChoice(_CHOICES.get(choice, Choosing.AUTO))
    if not isinstance(choice, dict):
        return None
    named = choice.get("function", choice)
    name = named.get("name") if isinstance(named, dict) else None
    return ToolChoice(Choosing.NAMED, name) if isinstance(name, str) else None


def _format(wanted: Any) -> JsonFormat | None:
    kind = wanted.get("type") if isinstance(wanted, dict) else None
    if kind == "json_object":
        return JsonFormat()
    if kind != "json_schema":
        return None
    schema = wanted.get("json_schema")
    if not isinstance(schema, dict):
        raise _unreadable("response_format", "has no `json_schema`")
    return JsonFormat(
        _object(schema.get("schema")), _string(schema.get("name")), _flag(schema.get("strict"))
    )


def _stop(stop: Any) -> tuple[str, ...]:
    given = [stop] if isinstance(stop, str) else _list(stop)
    return tuple(text for text in given if isinstance(text, str) and text)


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _object(value: Any) -> Mapping[str, Any] | None:
    return value if isinstance(value, dict) else None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _unreadable(where: str, what: str) -> ClientError:
    return ClientError(400, "invalid_value", f"`{where}` {what}.", param=where)
