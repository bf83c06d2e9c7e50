"""Ollama's own API: a request, written from the hub's types.

Source: Ollama API reference, "Generate a chat completion", "Tool calling", "Structured outputs",
and "Modelfile" for the options. The API takes pictures as bytes alone, fetches nothing, and lets
the model choose among tools freely.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from butler.engine.dialects.canonical import (
    Audio,
    Choosing,
    Conversation,
    Document,
    Image,
    Inline,
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
from butler.engine.dialects.results import results_first
from butler.engine.errors import ClientError

Body = dict[str, Any]
_OPTIONS = {
    "max_tokens": "num_predict",
    "temperature": "temperature",
    "top_p": "top_p",
    "top_k": "top_k",
    "seed": "seed",
    "presence_penalty": "presence_penalty",
    "frequency_penalty": "frequency_penalty",
}
"""Members of a conversation, and what the API calls them."""
_FORCED = (Choosing.REQUIRED, Choosing.NAMED)
_SEEN_BELOW = "The result is in the next message."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request says that no conversation does.

    `options` are the model's own, as `num_ctx`; `members` stand beside them, as `think`.
    """

    model: str
    options: Mapping[str, Any] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)


def write_request(conversation: Conversation, wanted: Wanted) -> bytes:
    """Return the body of a request; raises ClientError for what can not be said in it."""
    body: Body = {
        "model": wanted.model,
        "messages": list(_messages(conversation.messages)),
        # Not to say it is to ask for a stream.
        "stream": conversation.stream,
    }
    if tools := _offered(conversation):
        body["tools"] = [_tool(tool) for tool in tools]
    if conversation.format is not None:
        body["format"] = conversation.format.schema or "json"
    if conversation.likeliest is not None:
        body |= {"logprobs": True, "top_logprobs": conversation.likeliest}
    if options := {**_options(conversation), **wanted.options}:
        body["options"] = options
    return orjson.dumps({**body, **wanted.members})


def left_out(conversation: Conversation) -> Iterator[str]:
    """Yield, in words, what of a conversation has no room in a body, or is said in part only."""
    chosen = conversation.tool_choice
    if chosen is None or not conversation.tools or chosen.choosing not in _FORCED:
        return
    if chosen.choosing is Choosing.NAMED:
        yield f"tool_choice: only {chosen.name} is offered, but the model need not call it"
    else:
        yield "tool_choice: tools are offered, but the model need not call one"


def _options(conversation: Conversation) -> Body:
    said = {name: getattr(conversation, ours) for ours, name in _OPTIONS.items()}
    said["stop"] = list(conversation.stop) or None
    return {name: value for name, value in said.items() if value is not None}


def _offered(conversation: Conversation) -> Sequence[Tool]:
    """Return the tools to offer: what must not be called is left out, the API can not forbid it."""
    chosen = conversation.tool_choice or ToolChoice(Choosing.AUTO)
    if chosen.choosing is Choosing.NONE:
        return ()
    if chosen.choosing is Choosing.NAMED:
        return [tool for tool in conversation.tools if tool.name == chosen.name]
    return conversation.tools


def _messages(messages: Sequence[Message]) -> Iterator[Body]:
    names: dict[str, str] = {}
    for message in results_first(messages):
        names |= {part.id: part.name for part in message.parts if isinstance(part, ToolCall)}
        if message.role is Role.ASSISTANT:
            yield from _answer(message.parts)
            continue
        shown: list[Part] = []
        for part in message.parts:
            if isinstance(part, ToolResult):
                yield _result(part, names.get(part.call_id))
                shown += [inner for inner in part.parts if not isinstance(inner, Text)]
        others = [part for part in message.parts if not isinstance(part, ToolResult)]
        yield from _said(str(message.role), [*shown, *others])


def _answer(parts: Sequence[Part]) -> Iterator[Body]:
    text = "".join(part.text for part in parts if isinstance(part, Text))
    calls = [_call(part) for part in parts if isinstance(part, ToolCall)]
    line: Body = {"role": "assistant", "content": text}
    if thought := "".join(part.text for part in parts if isinstance(part, Thought)):
        line["thinking"] = thought
    if calls:
        line["tool_calls"] = calls
    if text or calls:
        yield line


def _call(call: ToolCall) -> Body:
    return {"id": call.id, "function": {"name": call.name, "arguments": _object(call.arguments)}}


def _object(arguments: str) -> Mapping[str, Any]:
    """Return a call's arguments as the object that they are; what is none is kept in one."""
    try:
        given = orjson.loads(arguments) if arguments.strip() else {}
    except orjson.JSONDecodeError:
        given = arguments
    return given if isinstance(given, dict) else {"arguments": given}


def _result(result: ToolResult, name: str | None) -> Body:
    """Return a result; whose it is, older servers know by the name alone."""
    text = "\n".join(part.text for part in result.parts if isinstance(part, Text))
    if not text and not all(isinstance(part, Text) for part in result.parts):
        text = _SEEN_BELOW
    if result.is_error:
        text = f"Error: {text}"
    named = {} if name is None else {"tool_name": name}
    return {"role": "tool", "content": text, **named, "tool_call_id": result.call_id}


def _said(role: str, parts: Sequence[Part]) -> Iterator[Body]:
    """Yield what a system or user says: words in one text, pictures beside them."""
    texts = [text for part in parts if (text := _text(part))]
    images = [_image(part) for part in parts if isinstance(part, Image)]
    if texts or images:
        line: Body = {"role": role, "content": "\n\n".join(texts)}
        yield {**line, "images": images} if images else line


def _text(part: Part) -> str:
    match part:
        case Text(text):
            return text
        case Document(Inline(media_type, data)) if media_type.startswith("text/"):
            return _spelled(data, part.title)
        case Document():
            raise _unsayable("A file that is no plain text")
        case Audio():
            raise _unsayable("A recording")
    return ""


def _image(image: Image) -> str:
    if isinstance(image.source, Inline):
        return image.source.base64
    raise _unsayable("A picture that is only linked to")


def _unsayable(what: str) -> ClientError:
    message = f"{what} can not be given to a model of Ollama."
    return ClientError(400, "invalid_value", message, param="messages")


def _spelled(encoded: str, title: str | None) -> str:
    """Return a document of plain text as the words that it is."""
    try:
        text = base64.b64decode(encoded).decode(errors="replace")
    except ValueError:
        text = encoded
    return f"{title}\n\n{text}" if title else text


def _tool(tool: Tool) -> Body:
    schema = {key: value for key, value in tool.schema.items() if key != "$schema"}
    function: Body = {"name": tool.name, "parameters": {"type": "object", **schema}}
    if tool.description:
        function["description"] = tool.description
    return {"type": "function", "function": function}
