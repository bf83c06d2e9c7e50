"""OpenAI chat completions: a request, written from the hub's types.

Source: OpenAI API reference, "Chat Completions" (create). What only some vendors of this dialect
understand (`top_k`, cache marks) is left out: others would refuse the whole request. What the
system says in the middle is said by the user, in a reminder: templates of many models know a
system message at the beginning only, and take no two messages of one side.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
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
from butler.engine.dialects.reminders import as_reminder
from butler.engine.dialects.results import results_first
from butler.engine.errors import ClientError

Body = dict[str, Any]
_MOST_STOPS = 4
_CHOICES = {Choosing.AUTO: "auto", Choosing.NONE: "none", Choosing.REQUIRED: "required"}
_MEMBERS = {
    "max_tokens": "max_tokens",
    "temperature": "temperature",
    "top_p": "top_p",
    "seed": "seed",
    "presence_penalty": "presence_penalty",
    "frequency_penalty": "frequency_penalty",
    "user": "user",
    "verbosity": "verbosity",
    "cache_key": "prompt_cache_key",
}
_SEEN_BELOW = "The result is in the next message."


def write_request(conversation: Conversation, model: str, *, ask_usage: bool) -> bytes:
    """Return the body of a request; raises ClientError for what can not be said in it."""
    body: Body = {
        "model": model,
        "messages": _messages(conversation.messages),
    }
    if conversation.tools:
        body["tools"] = [_tool(tool) for tool in conversation.tools]
        if conversation.tool_choice is not None:
            body["tool_choice"] = _choice(conversation.tool_choice)
        if conversation.parallel_tools is not None:
            body["parallel_tool_calls"] = conversation.parallel_tools
    body |= _plain(conversation)
    if conversation.stop:
        body["stop"] = list(conversation.stop[:_MOST_STOPS])
    if conversation.format is not None:
        body["response_format"] = _format(conversation.format)
    if conversation.stream:
        body["stream"] = True
        if ask_usage:
            body["stream_options"] = {"include_usage": True}
    return orjson.dumps(body)


def _plain(conversation: Conversation) -> Body:
    """Return what is a number or a name here and there."""
    said = {key: getattr(conversation, name) for name, key in _MEMBERS.items()}
    if conversation.likeliest is not None:
        said |= {"logprobs": True, "top_logprobs": conversation.likeliest or None}
    return {key: value for key, value in said.items() if value is not None}


def left_out(conversation: Conversation) -> Iterator[str]:
    """Yield what of a conversation is not in the body that `write_request` makes of it."""
    if len(conversation.stop) > _MOST_STOPS:
        yield "the stops after the fourth"
    if any(thought.signer is None for thought in conversation.thoughts):
        yield "what was thought before"


def _messages(messages: Sequence[Message]) -> list[Body]:
    lines: list[Body] = []
    for message in results_first(messages):
        if message.role is Role.SYSTEM and lines and lines[-1]["role"] != "system":
            message = as_reminder(message)
        for line in _lines(message):
            if line["role"] == "user" and lines and lines[-1]["role"] == "user":
                lines[-1]["content"] = _joined(lines[-1]["content"], line["content"])
            else:
                lines.append(line)
    return lines


def _joined(first: str | list[Body], second: str | list[Body]) -> str | list[Body]:
    if isinstance(first, str) and isinstance(second, str):
        return f"{first}\n\n{second}"
    return [*_as_blocks(first), *_as_blocks(second)]


def _as_blocks(content: str | list[Body]) -> list[Body]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _lines(message: Message) -> Iterator[Body]:
    """Yield a message, after the results of tools that stand in it: they are messages here."""
    seen: list[Part] = []
    for part in message.parts:
        if isinstance(part, ToolResult):
            yield _result(part)
            seen += [inner for inner in part.parts if not isinstance(inner, Text)]
    others = [part for part in message.parts if not isinstance(part, ToolResult)]
    if message.role is Role.ASSISTANT:
        yield from _answer(others)
    elif content := _content([*seen, *others]):
        yield {"role": str(message.role), "content": content}


def _answer(parts: Sequence[Part]) -> Iterator[Body]:
    calls = [_call(part) for part in parts if isinstance(part, ToolCall)]
    text = "".join(part.text for part in parts if isinstance(part, Text))
    # Who has thought aloud wants that back while it calls tools; others refuse the whole request.
    own = [part.text for part in parts if isinstance(part, Thought) and part.signer is not None]
    thought = {"reasoning_content": "\n\n".join(own)} if any(own) else {}
    if calls:
        yield {"role": "assistant", "content": text or None, **thought, "tool_calls": calls}
    elif text:
        yield {"role": "assistant", "content": text, **thought}


def _call(call: ToolCall) -> Body:
    function = {"name": call.name, "arguments": call.arguments}
    return {"id": call.id, "type": "function", "function": function}


def _result(result: ToolResult) -> Body:
    """Return a result; its pictures have no place in it, and are shown by the user instead."""
    text = "\n".join(part.text for part in result.parts if isinstance(part, Text))
    if not text and not all(isinstance(part, Text) for part in result.parts):
        text = _SEEN_BELOW
    if result.is_error:
        text = f"Error: {text}"
    return {"role": "tool", "tool_call_id": result.call_id, "content": text}


def _content(parts: Sequence[Part]) -> str | list[Body]:
    """Return a message's content; text alone is written as one."""
    written = [block for part in parts if (block := _block(part)) is not None]
    if all(block["type"] == "text" for block in written):
        return "\n\n".join(block["text"] for block in written)
    return written


def _block(part: Part) -> Body | None:
    match part:
        case Text(text):
            return {"type": "text", "text": text} if text else None
        case Image(source):
            return {"type": "image_url", "image_url": {"url": _url(source)}}
        case Document(Inline(media_type, data)) if media_type.startswith("text/"):
            return {"type": "text", "text": _spelled(data, part.title)}
        case Document(Link()):
            words = "A file that is only linked to can not be given to this model."
            raise ClientError(400, "unsupported_content", words)
        case Document():
            file = {"filename": part.title or "document.pdf", "file_data": _url(part.source)}
            return {"type": "file", "file": file}
        case Audio(format_, data):
            return {"type": "input_audio", "input_audio": {"format": format_, "data": data}}
    return None


def _spelled(encoded: str, title: str | None) -> str:
    """Return a document of plain text as the words that it is."""
    try:
        text = base64.b64decode(encoded).decode(errors="replace")
    except binascii.Error:
        text = encoded
    return f"{title}\n\n{text}" if title else text


def _url(source: Inline | Link) -> str:
    if isinstance(source, Link):
        return source.url
    return f"data:{source.media_type};base64,{source.base64}"


def _tool(tool: Tool) -> Body:
    schema = {key: value for key, value in tool.schema.items() if key != "$schema"}
    function: Body = {"name": tool.name, "parameters": {"type": "object", **schema}}
    if tool.description:
        function["description"] = tool.description
    if tool.strict is not None:
        function["strict"] = tool.strict
    return {"type": "function", "function": function}


def _choice(choice: ToolChoice) -> str | Body:
    if choice.choosing is Choosing.NAMED and choice.name:
        return {"type": "function", "function": {"name": choice.name}}
    return _CHOICES.get(choice.choosing, "required")


def _format(wanted: JsonFormat) -> Body:
    if wanted.schema is None:
        return {"type": "json_object"}
    schema: Body = {"name": wanted.name or "answer", "schema": wanted.schema}
    if wanted.strict is not None:
        schema["strict"] = wanted.strict
    return {"type": "json_schema", "json_schema": schema}
