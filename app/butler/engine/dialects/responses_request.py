"""OpenAI responses: a request, written from the hub's types.

Source: OpenAI API reference, "Responses" (create, input items). Nothing is left with the vendor:
`store` is false, items carry no ids, and of what was thought only that goes back which the vendor
has sealed itself.
"""

import base64
import binascii
import hashlib
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

Body = dict[str, Any]
LEAST_OUTPUT_TOKENS = 16
"""The vendor refuses a lower limit."""
SEALED = "reasoning.encrypted_content"
"""What is to be included so that thoughts can come back; models that do not think refuse it."""
_LOGPROBS = "message.output_text.logprobs"
_LONGEST_KEY_CHARS = 64
_CHOICES = {Choosing.AUTO: "auto", Choosing.NONE: "none", Choosing.REQUIRED: "required"}


def write_request(
    conversation: Conversation,
    model: str,
    *,
    thinks: bool = True,
    more: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the body of a request; `thinks` says whether the model may have thoughts to seal.

    `more` is put in where the conversation says nothing. Raises ClientError for what the vendor
    can not be given.
    """
    instructions, messages = _instructions(conversation.messages)
    body: Body = {"model": model, "input": [it for one in messages for it in _items(one)]}
    body["store"] = False
    if instructions:
        body["instructions"] = instructions
    body |= dict(_tools(conversation)) | dict(_sampling(conversation))
    include = [SEALED] if thinks else []
    if conversation.likeliest is not None:
        include.append(_LOGPROBS)
    if include:
        body["include"] = include
    if text := dict(_text(conversation)):
        body["text"] = text
    if conversation.stream:
        body["stream"] = True
    return orjson.dumps({**(more or {}), **body})


def left_out(conversation: Conversation) -> Iterator[str]:
    """Yield what of a conversation is not in the body that `write_request` makes of it."""
    limit = conversation.max_tokens
    if limit is not None and limit < LEAST_OUTPUT_TOKENS:
        yield f"a limit below {LEAST_OUTPUT_TOKENS} tokens"
    turns = ([it for it in one.parts if isinstance(it, Thought)] for one in conversation.messages)
    if any(thoughts and thoughts[-1].sealed is None for thoughts in turns):
        yield "thoughts that the model has not sealed"


def _instructions(messages: Sequence[Message]) -> tuple[str, Sequence[Message]]:
    """Return what the system says at the beginning, and the rest; there must be some of that."""
    count = next(
        (place for place, it in enumerate(messages) if it.role is not Role.SYSTEM), len(messages)
    )
    if count == len(messages):
        return "", messages
    first = (part.text for it in messages[:count] for part in it.parts if isinstance(part, Text))
    return "\n\n".join(text for text in first if text), messages[count:]


def _tools(conversation: Conversation) -> Iterator[tuple[str, Any]]:
    if not conversation.tools:
        return
    yield "tools", [_tool(tool) for tool in conversation.tools]
    if conversation.tool_choice is not None:
        yield "tool_choice", _choice(conversation.tool_choice)
    if conversation.parallel_tools is not None:
        yield "parallel_tool_calls", conversation.parallel_tools


def _sampling(conversation: Conversation) -> Iterator[tuple[str, Any]]:
    if conversation.max_tokens is not None:
        yield "max_output_tokens", max(conversation.max_tokens, LEAST_OUTPUT_TOKENS)
    if conversation.temperature is not None:
        yield "temperature", conversation.temperature
    if conversation.top_p is not None:
        yield "top_p", conversation.top_p
    if conversation.likeliest:
        yield "top_logprobs", conversation.likeliest
    if conversation.cache_key is not None:
        yield "prompt_cache_key", _short(conversation.cache_key)
    if conversation.user is not None:
        yield "safety_identifier", _short(conversation.user)


def _short(key: str) -> str:
    """Return a key that is not too long for the vendor: the same one for the same key."""
    if len(key) <= _LONGEST_KEY_CHARS:
        return key
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _text(conversation: Conversation) -> Iterator[tuple[str, Any]]:
    if conversation.format is not None:
        yield "format", _format(conversation.format)
    if conversation.verbosity is not None:
        yield "verbosity", conversation.verbosity


def _format(wanted: JsonFormat) -> Body:
    if wanted.schema is None:
        return {"type": "json_object"}
    named: Body = {"type": "json_schema", "name": wanted.name or "answer", "schema": wanted.schema}
    return named if wanted.strict is None else {**named, "strict": wanted.strict}


def _tool(tool: Tool) -> Body:
    schema = {key: value for key, value in tool.schema.items() if key != "$schema"}
    written: Body = {"type": "function", "name": tool.name}
    if tool.description:
        written["description"] = tool.description
    written["parameters"] = {"type": "object", **schema}
    # Unlike elsewhere, a function of which nothing is said is taken strictly here.
    return {**written, "strict": bool(tool.strict)}


def _choice(choice: ToolChoice) -> str | Body:
    if choice.choosing is Choosing.NAMED and choice.name:
        return {"type": "function", "name": choice.name}
    return _CHOICES.get(choice.choosing, "required")


def _items(message: Message) -> Iterator[Body]:
    """Yield the items of a message; results of tools come first, as they do in other dialects."""
    yield from (_result(part) for part in message.parts if isinstance(part, ToolResult))
    if message.role is Role.ASSISTANT:
        yield from _answer(message.parts)
        return
    said = [part for part in message.parts if not isinstance(part, ToolResult)]
    if content := list(_content(said)):
        role = "developer" if message.role is Role.SYSTEM else "user"
        yield {"type": "message", "role": role, "content": content}


def _answer(parts: Sequence[Part]) -> Iterator[Body]:
    """Yield what the model thought, said and called, each in its place."""
    thought: list[str] = []
    for part in parts:
        match part:
            case Thought(text, _, sealed):
                thought += [text] if text else []
                if sealed is not None:
                    yield _reasoning(thought, sealed)
                    thought = []
            case Text(text) if text:
                content = [{"type": "output_text", "text": text}]
                yield {"type": "message", "role": "assistant", "content": content}
            case ToolCall(id_, name, arguments):
                called: Body = {"type": "function_call", "call_id": _short(id_), "name": name}
                yield {**called, "arguments": arguments}


def _reasoning(texts: Sequence[str], sealed: str) -> Body:
    summary = [{"type": "summary_text", "text": text} for text in texts]
    return {"type": "reasoning", "summary": summary, "encrypted_content": sealed}


def _result(result: ToolResult) -> Body:
    """Return a tool's result; one that is only words is written as a text."""
    content = list(_content(result.parts))
    if result.is_error:
        # There is no other place to say so.
        content.insert(0, {"type": "input_text", "text": "Error:"})
    output: str | list[Body] = content
    if all(part["type"] == "input_text" for part in content):
        output = "\n".join(part["text"] for part in content)
    return {"type": "function_call_output", "call_id": _short(result.call_id), "output": output}


def _content(parts: Sequence[Part]) -> Iterator[Body]:
    for part in parts:
        match part:
            case Text(text) if text:
                yield {"type": "input_text", "text": text}
            case Image(source):
                yield {"type": "input_image", "image_url": _url(source), "detail": "auto"}
            case Document(Link(url), title):
                if title:
                    yield {"type": "input_text", "text": title}
                yield {"type": "input_file", "file_url": url}
            case Document(Inline(media_type, data), title):
                yield _file(media_type, data, title)
            case Audio():
                raise ClientError(400, "unsupported_content", "This model can not be given audio.")


def _file(media_type: str, data: str, title: str | None) -> Body:
    if media_type.startswith("text/"):
        return {"type": "input_text", "text": _spelled(data, title)}
    url = _url(Inline(media_type, data))
    return {"type": "input_file", "filename": title or "document.pdf", "file_data": url}


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
