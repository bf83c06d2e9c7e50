"""OpenAI chat completions, read into the hub's types.

Source: OpenAI API reference, "Chat Completions" (create). Clients are forgiven what vendors
forgive: a content that is null, text where a list could be, arguments that are an object.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from butler.engine.dialects.canonical import (
    Conversation,
    JsonFormat,
    Message,
    Part,
    Role,
    Thought,
    ToolCall,
    ToolResult,
)
from butler.engine.dialects.members import (
    as_flag,
    as_list,
    as_number,
    as_object,
    as_text,
    as_whole,
    described_schema,
    unreadable,
)
from butler.engine.dialects.openai_parts import arguments_of, read_parts
from butler.engine.dialects.openai_tools import read_tools
from butler.engine.dialects.unheard import THINKING, unheard

_ROLES = {
    "system": Role.SYSTEM,
    "developer": Role.SYSTEM,
    "user": Role.USER,
    "assistant": Role.ASSISTANT,
}
_READ = THINKING | {
    *("messages", "stream", "n", "tools", "tool_choice", "functions", "function_call"),
    *("parallel_tool_calls", "max_tokens", "max_completion_tokens", "temperature", "top_p"),
    *("top_k", "stop", "response_format", "user", "safety_identifier", "seed"),
    *("presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "verbosity"),
    "prompt_cache_key",
}


def read_conversation(data: Mapping[str, Any]) -> Conversation:
    """Read a whole request; raises ClientError where a part of it can not be read, or told on."""
    if (as_whole(data.get("n")) or 1) > 1:
        raise unreadable("n", "asks for several answers, and this model gives one")
    tools = read_tools(data)
    return Conversation(
        messages=tuple(_messages(data.get("messages"))),
        stream=bool(data.get("stream")),
        tools=tools.functions,
        tool_choice=tools.choice,
        parallel_tools=as_flag(data.get("parallel_tool_calls")),
        max_tokens=as_whole(data.get("max_completion_tokens")) or as_whole(data.get("max_tokens")),
        temperature=as_number(data.get("temperature")),
        top_p=as_number(data.get("top_p")),
        top_k=as_whole(data.get("top_k")),
        stop=_stop(data.get("stop")),
        format=_format(data.get("response_format")),
        user=as_text(data.get("user")) or as_text(data.get("safety_identifier")),
        seed=as_whole(data.get("seed")),
        presence_penalty=as_number(data.get("presence_penalty")),
        frequency_penalty=as_number(data.get("frequency_penalty")),
        likeliest=_likeliest(data),
        verbosity=as_text(data.get("verbosity")),
        cache_key=as_text(data.get("prompt_cache_key")),
        left_out=tuple(dict.fromkeys((*tools.left_out, *_left_out(data)))),
    )


def _left_out(data: Mapping[str, Any]) -> Iterator[str]:
    yield from unheard(data, _READ)
    for message in as_list(data.get("messages")):
        said = as_object(message) or {}
        if said.get("name") and said.get("role") not in ("tool", "function"):
            yield "the names of those who speak"
        if said.get("audio"):
            yield "what the model has said aloud, which its vendor keeps"


def _likeliest(data: Mapping[str, Any]) -> int | None:
    return as_whole(data.get("top_logprobs")) or 0 if data.get("logprobs") is True else None


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
            said = message.get("content") or message.get("refusal")
            parts = [*_thoughts(message), *read_parts(said, where)]
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
        if isinstance(call, dict) and isinstance(free := call.get("custom"), dict):
            function = {"name": free.get("name"), "arguments": {"input": free.get("input")}}
        if not isinstance(function, dict):
            raise unreadable(f"{where}.tool_calls[{place}]", "calls no function")
        yield ToolCall(
            str(call.get("id") or ""), str(function.get("name") or ""), arguments_of(function)
        )
    if isinstance(function := message.get("function_call"), dict):
        name = str(function.get("name") or "")
        yield ToolCall(name, name, arguments_of(function))


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
        described_schema(schema), as_text(schema.get("name")), as_flag(schema.get("strict"))
    )


def _stop(stop: Any) -> tuple[str, ...]:
    given = [stop] if isinstance(stop, str) else as_list(stop)
    return tuple(text for text in given if isinstance(text, str) and text)
