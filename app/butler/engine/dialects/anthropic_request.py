"""Anthropic messages: a request, written from the hub's types.

Source: Anthropic API reference, "Messages" (create), "Tool use", "Extended thinking",
"Structured outputs".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from butler.engine.dialects.anthropic_turns import Turn, turns_of
from butler.engine.dialects.canonical import (
    Choosing,
    Conversation,
    JsonFormat,
    Message,
    Text,
    Tool,
    ToolCall,
)
from butler.engine.dialects.reminders import split

Body = dict[str, Any]
DEFAULT_MAX_TOKENS = 8192
"""Where neither request nor model says how long an answer may be: the dialect wants a number."""
_LEAST_BUDGET = 1024
_LEAST_TOP_P = 0.95
_JSON = "Answer with a single JSON object and nothing else: no words around it, no code fence."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a provider adds to a conversation: the model, and what it knows of it.

    `max_tokens` counts where the request names no limit. `members` are put into the body as they
    stand: how the model is to think, default parameters. Without `structured`, a schema is asked
    for in words.
    """

    model: str
    max_tokens: int | None = None
    members: Mapping[str, Any] = field(default_factory=dict)
    structured: bool = True


def write_request(conversation: Conversation, wanted: Wanted) -> bytes:
    """Return the body; raises ClientError for what this dialect can not say."""
    leading, rest = split(conversation.messages)
    turns = turns_of(rest)
    body: Body = {
        "model": wanted.model,
        "max_tokens": conversation.max_tokens or wanted.max_tokens or DEFAULT_MAX_TOKENS,
        "messages": [turn.as_json() for turn in turns],
    }
    system = [*_system(leading), *_format_in_words(conversation.format, wanted.structured)]
    if system:
        body["system"] = system[0]["text"] if len(system) == 1 and len(system[0]) == 2 else system
    body |= _tools(conversation)
    body |= _sampling(conversation)
    if conversation.stop:
        stops = [stop for stop in conversation.stop if stop.strip()]
        body |= {"stop_sequences": stops} if stops else {}
    if conversation.user:
        body["metadata"] = {"user_id": conversation.user}
    if conversation.stream:
        body["stream"] = True
    format_ = conversation.format
    if format_ is not None and format_.schema is not None and wanted.structured:
        schema = {"type": "json_schema", "schema": _closed(format_.schema)}
        body["output_config"] = {"format": schema}
    _add(body, wanted.members)
    _reconcile(body, turns)
    return orjson.dumps(body)


def left_out(conversation: Conversation) -> Iterator[str]:
    """Yield what of a conversation is not in the body that `write_request` makes of it."""
    if conversation.temperature is not None and conversation.top_p is not None:
        yield "top_p, as there is a temperature"
    if any(not stop.strip() for stop in conversation.stop):
        yield "stops of white space"
    if any(it.signature is None and it.sealed is None for it in conversation.thoughts):
        yield "thoughts that the model has not signed"


def _system(messages: Sequence[Message]) -> Iterator[Body]:
    """Yield what system and developer say before all else."""
    for message in messages:
        for part in message.parts:
            if isinstance(part, Text) and part.text.strip():
                cache = {} if part.cache is None else {"cache_control": part.cache}
                yield {"type": "text", "text": part.text, **cache}


def _format_in_words(wanted: JsonFormat | None, structured: bool) -> Iterator[Body]:
    if wanted is None or (structured and wanted.schema is not None):
        return
    text = _JSON
    if wanted.schema is not None:
        text += f" It must fit this JSON schema:\n{orjson.dumps(wanted.schema).decode()}"
    yield {"type": "text", "text": text}


def _closed(schema: Any) -> Any:
    """Return a schema whose objects say that they hold nothing else: the dialect demands it."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def _tools(conversation: Conversation) -> Body:
    if not conversation.tools:
        # A conversation in which tools were called must still declare them.
        called = dict.fromkeys(
            part.name
            for message in conversation.messages
            for part in message.parts
            if isinstance(part, ToolCall)
        )
        tools = [Tool(name, {}) for name in called]
        choice: Body | None = {"type": "none"}
    else:
        tools = list(conversation.tools)
        choice = _choice(conversation)
    if not tools:
        return {}
    body: Body = {"tools": [_tool(tool) for tool in tools]}
    if choice is not None:
        body["tool_choice"] = choice
    return body


def _tool(tool: Tool) -> Body:
    body: Body = {"name": tool.name, "input_schema": {"type": "object", **tool.schema}}
    if tool.description:
        body["description"] = tool.description
    if tool.cache is not None:
        body["cache_control"] = tool.cache
    return body


def _choice(conversation: Conversation) -> Body | None:
    chosen = conversation.tool_choice
    body: Body | None = None
    match chosen.choosing if chosen else None:
        case Choosing.NONE:
            return {"type": "none"}
        case Choosing.AUTO:
            body = {"type": "auto"}
        case Choosing.REQUIRED:
            body = {"type": "any"}
        case Choosing.NAMED:
            body = {"type": "tool", "name": chosen.name if chosen else None}
    if conversation.parallel_tools is False:
        body = {"type": "auto", **(body or {}), "disable_parallel_tool_use": True}
    return body


def _sampling(conversation: Conversation) -> Body:
    """Return temperature and the like; of temperature and top_p newer models take only one."""
    body: Body = {}
    if conversation.temperature is not None:
        body["temperature"] = min(max(conversation.temperature, 0), 1)
    elif conversation.top_p is not None:
        body["top_p"] = min(max(conversation.top_p, 0), 1)
    if conversation.top_k is not None:
        body["top_k"] = conversation.top_k
    return body


def _add(body: Body, members: Mapping[str, Any]) -> None:
    """Put members in where the request says nothing; of objects, the members that are missing."""
    for key, value in members.items():
        there = body.setdefault(key, value)
        if isinstance(there, dict) and isinstance(value, dict):
            body[key] = {**value, **there}


def _reconcile(body: Body, turns: Sequence[Turn]) -> None:
    """Make thinking and the rest of a request agree, as the vendor demands.

    What the client said in so many words stays; how long the model thinks gives way.
    """
    thinking = body.get("thinking")
    kind = thinking.get("type") if isinstance(thinking, dict) else None
    if not isinstance(thinking, dict) or kind not in ("enabled", "adaptive"):
        return
    forced = body.get("tool_choice", {}).get("type") in ("any", "tool")
    if kind == "adaptive" and forced:
        del body["thinking"]
        return
    if kind == "enabled":
        budget = min(thinking.get("budget_tokens", _LEAST_BUDGET), body["max_tokens"] - 1)
        if budget < _LEAST_BUDGET or forced or _is_amid_calls(turns):
            body["thinking"] = {"type": "disabled"}
            return
        body["thinking"] = {**thinking, "budget_tokens": budget}
    for key in ("temperature", "top_k"):
        body.pop(key, None)
    if body.get("top_p", 1) < _LEAST_TOP_P:
        del body["top_p"]


def _is_amid_calls(turns: Sequence[Turn]) -> bool:
    """Say whether results came in for calls whose thoughts are lost: clients keep no signatures."""
    if len(turns) < 2 or not turns[-1].has_results:
        return False
    return not turns[-2].begins_with_thought
