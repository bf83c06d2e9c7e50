"""OpenAI responses, read into the hub's types, and into messages as rules look at them.

Ids of items and encrypted reasoning mean something to their vendor alone and go no further, but
for thoughts that were sealed here (`responses_seal`). What is not known among the input is left
out, as the vendor adds to it often; what stands for words that only the vendor has is refused.

Source: OpenAI API reference, "Responses" (create, input items).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from butler.engine.dialects.canonical import (
    Conversation,
    JsonFormat,
    Message,
    Part,
    Role,
    Text,
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
from butler.engine.dialects.responses_seal import is_ours, unseal
from butler.engine.dialects.responses_tools import INPUT, flat_name, read_tools
from butler.engine.dialects.unheard import THINKING, unheard

Object = Mapping[str, Any]
_ROLES = {
    "system": Role.SYSTEM,
    "developer": Role.SYSTEM,
    "user": Role.USER,
    "assistant": Role.ASSISTANT,
}
_CALLS = frozenset({"function_call", "custom_tool_call"})
_RESULTS = frozenset({"function_call_output", "custom_tool_call_output"})
_KNOWN = _CALLS | _RESULTS | {"message", "reasoning", "additional_tools"}
_LOGPROBS = "message.output_text.logprobs"
_READ = THINKING | {
    *("input", "instructions", "stream", "tools", "tool_choice", "parallel_tool_calls"),
    *("max_output_tokens", "max_tokens", "temperature", "top_p", "text", "user"),
    *("safety_identifier", "top_logprobs", "prompt_cache_key"),
}
_WARM_UP = " "
"""What an empty input says: tools load a model with one, and vendors want a word."""


def read_conversation(data: Object) -> Conversation:
    """Read a whole request; raises ClientError for a part of it that can not be read."""
    tools = read_tools(data)
    limit = as_whole(data.get("max_output_tokens"))
    return Conversation(
        messages=tuple(_merged(_messages(data))),
        stream=bool(data.get("stream")),
        tools=tuple(one.tool for one in tools.by_name.values()),
        tool_choice=tools.choice,
        parallel_tools=as_flag(data.get("parallel_tool_calls")),
        # A model's own parameters are written as chat completions write them.
        max_tokens=limit or as_whole(data.get("max_tokens")),
        temperature=as_number(data.get("temperature")),
        top_p=as_number(data.get("top_p")),
        format=_format(as_object(data.get("text")) or {}),
        user=as_text(data.get("user")) or as_text(data.get("safety_identifier")),
        likeliest=_likeliest(data),
        verbosity=as_text((as_object(data.get("text")) or {}).get("verbosity")),
        cache_key=as_text(data.get("prompt_cache_key")),
        left_out=tuple(dict.fromkeys((*tools.left_out, *_left_out(data)))),
    )


def _likeliest(data: Object) -> int | None:
    most = as_whole(data.get("top_logprobs"))
    return 0 if most is None and _LOGPROBS in as_list(data.get("include")) else most


def _left_out(data: Object) -> Iterator[str]:
    yield from unheard(data, _READ)
    for item in as_list(data.get("input")):
        kind = as_text((as_object(item) or {}).get("type")) or "message"
        if kind == "reasoning" and _is_sealed_elsewhere(item):
            yield "thoughts that their vendor has sealed"
        if kind not in _KNOWN:
            yield f"an item of the kind `{kind[:60]}`, which only its vendor knows"


def _is_sealed_elsewhere(item: Object) -> bool:
    sealed = as_text(item.get("encrypted_content"))
    return bool(sealed) and not is_ours(sealed)


def read_messages(data: Object) -> list[Any]:
    """Return the input as chat completions would write it: roles, contents, results of tools."""
    told: list[Any] = []
    if instructions := as_text(data.get("instructions")):
        told.append({"role": "system", "content": instructions})
    if (text := as_text(data.get("input"))) is not None:
        return [*told, {"role": "user", "content": text}]
    for item in as_list(data.get("input")):
        kind = item.get("type") if isinstance(item, dict) else None
        if kind in _CALLS:
            told.append({"role": "assistant", "content": None, "tool_calls": [item]})
        elif kind in _RESULTS:
            told.append({"role": "tool", "content": item.get("output")})
        elif kind == "additional_tools":
            # Tools among the input take room, too.
            told.append({"role": "developer", "content": None, "tool_calls": item.get("tools")})
        elif isinstance(item, dict) and isinstance(item.get("role"), str):
            told.append(item)
    return told


def _messages(data: Object) -> Iterator[Message]:
    if instructions := as_text(data.get("instructions")):
        yield Message(Role.SYSTEM, (Text(instructions),))
    if (text := as_text(data.get("input"))) is not None:
        yield Message(Role.USER, (Text(text or _WARM_UP),))
    for place, item in enumerate(as_list(data.get("input"))):
        where = f"input[{place}]"
        if not isinstance(item, dict):
            raise unreadable(where, "is not an object")
        yield from _item(item, where)


def _item(item: Object, where: str) -> Iterator[Message]:
    match item.get("type", "message"):
        case "message":
            role = _ROLES.get(as_text(item.get("role")) or "")
            if role is None:
                raise unreadable(f"{where}.role", "is no role that is known")
            yield Message(role, tuple(read_parts(item.get("content"), where)))
        case "function_call":
            yield _called(item, arguments_of(item))
        case "custom_tool_call":
            free = {INPUT: as_text(item.get("input")) or ""}
            yield _called(item, orjson.dumps(free).decode())
        case kind if kind in _RESULTS:
            parts = tuple(read_parts(item.get("output"), where))
            yield Message(Role.USER, (ToolResult(_call_id(item), parts),))
        case "reasoning":
            if thought := _thought(item):
                yield Message(Role.ASSISTANT, (thought,))
        case "item_reference" | "compaction" | "compaction_summary" as kind:
            raise unreadable(
                where, f"is a `{kind}`, and only its vendor knows what that stands for"
            )


def _thought(item: Object) -> Thought | None:
    known = unseal(as_text(item.get("encrypted_content")))
    if known is not None:
        return known
    parts = (*as_list(item.get("summary")), *as_list(item.get("content")))
    texts = (as_text((as_object(part) or {}).get("text")) for part in parts)
    words = "\n\n".join(text for text in texts if text)
    return Thought(words) if words else None


def _called(item: Object, arguments: str) -> Message:
    name = flat_name(as_text(item.get("namespace")), as_text(item.get("name")) or "")
    return Message(Role.ASSISTANT, (ToolCall(_call_id(item), name, arguments),))


def _call_id(item: Object) -> str:
    return str(item.get("call_id") or item.get("id") or "")


def _merged(messages: Iterator[Message]) -> Iterator[Message]:
    """Join what the model said and called before anybody answered: it is one turn elsewhere."""
    said: list[Part] = []
    for message in messages:
        if message.role is Role.ASSISTANT:
            said += message.parts
            continue
        if said:
            yield Message(Role.ASSISTANT, tuple(said))
            said = []
        yield message
    if said:
        yield Message(Role.ASSISTANT, tuple(said))


def _format(text: Object) -> JsonFormat | None:
    wanted = as_object(text.get("format")) or {}
    match wanted.get("type"):
        case "json_object":
            return JsonFormat()
        case "json_schema":
            return JsonFormat(
                described_schema(wanted),
                as_text(wanted.get("name")),
                as_flag(wanted.get("strict")),
            )
    return None
