"""OpenAI chat completions, read into the hub's types.

Source: OpenAI API reference, "Chat Completions" (create). Clients are forgiven what vendors
forgive: a content that is null, text where a list could be, arguments that are an object.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from butler.engine.dialects.canonical import (
    Choosing,
    Conversation,
    JsonFormat,
    Message,
    Part,
    Role,
    Thought,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
)
from butler.engine.dialects.members import (
    as_flag,
    as_list,
    as_number,
    as_object,
    as_text,
    as_whole,
    unreadable,
)
from butler.engine.dialects.openai_parts import arguments_of, read_parts

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
    if (as_whole(data.get("n")) or 1) > 1:
        raise unreadable("n", "asks for several answers, and this model gives one")
    return Conversation(
        messages=tuple(_messages(data.get("messages"))),
        stream=bool(data.get("stream")),
        tools=tuple(_tools(data)),
        tool_choice=_tool_choice(data),
        parallel_tools=as_flag(data.get("parallel_tool_calls")),
        max_tokens=as_whole(data.get("max_completion_tokens")) or as_whole(data.get("max_tokens")),
        temperature=as_number(data.get("temperature")),
        top_p=as_number(data.get("top_p")),
        top_k=as_whole(data.get("top_k")),
        stop=_stop(data.get("stop")),
        format=_format(data.get("response_format")),
        user=as_text(data.get("user")),
    )


def _messages(messages: Any) -> Iterator[Message]:
    for place, message in enumerate(messages if isinstance(messages, list) else ()):
        where = f"messages[{place}]"
        if not isinstance(message, dict):
            raise unreadable(where, "is not an object")
        role = as_text(message.get("role"))
        if role in ("tool", "function"):
            call_id = str(message.get("tool_call_id") or message.get("name") or "")
            yield Message(Role.USER, (_tool_result(call_id, message, where),))
        elif role is not None and role in _ROLES:
            parts = [*_thoughts(message), *read_parts(message.get("content"), where)]
            parts += _tool_calls(message, where)
            yield Message(_ROLES[role], tuple(parts))
        else:
            raise unreadable(f"{where}.role", "is no role that is known")


def _tool_result(call_id: str, message: Mapping[str, Any], where: str) -> ToolResult:
    parts = tuple(read_parts(message.get("content"), where))
    return ToolResult(call_id, parts, cache=as_object(message.get("cache_control")))


def _thoughts(message: Mapping[str, Any]) -> Iterator[Part]:
    said = message.get("reasoning_content") or message.get("reasoning")
    if message.get("role") == "assistant" and isinstance(said, str):
        yield Thought(said)


def _tool_calls(message: Mapping[str, Any], where: str) -> Iterator[Part]:
    for place, call in enumerate(as_list(message.get("tool_calls"))):
        function = call.get("function") if isinstance(call, dict) else None
        if not isinstance(function, dict):
            raise unreadable(f"{where}.tool_calls[{place}]", "calls no function")
        yield ToolCall(
            str(call.get("id") or ""), str(function.get("name") or ""), arguments_of(function)
        )
    if isinstance(function := message.get("function_call"), dict):
        name = str(function.get("name") or "")
        yield ToolCall(name, name, arguments_of(function))


def _tools(data: Mapping[str, Any]) -> Iterator[Tool]:
    for place, tool in enumerate(as_list(data.get("tools"))):
        function = tool.get("function") if isinstance(tool, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            raise unreadable(f"tools[{place}]", "is no function, and this model has only those")
        yield _tool(function, as_object(tool.get("cache_control")))
    for function in as_list(data.get("functions")):
        if isinstance(function, dict) and isinstance(function.get("name"), str):
            yield _tool(function, None)


def _tool(function: Mapping[str, Any], cache: Mapping[str, Any] | None) -> Tool:
    return Tool(
        function["name"],
        as_object(function.get("parameters")) or {},
        as_text(function.get("description")),
        as_flag(function.get("strict")),
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
        raise unreadable("response_format", "has no `json_schema`")
    return JsonFormat(
        as_object(schema.get("schema")), as_text(schema.get("name")), as_flag(schema.get("strict"))
    )


def _stop(stop: Any) -> tuple[str, ...]:
    given = [stop] if isinstance(stop, str) else as_list(stop)
    return tuple(text for text in given if isinstance(text, str) and text)
