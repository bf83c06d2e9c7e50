"""Google's generateContent, read into the hub's types, and into messages as rules look at them.

Source: Gemini API reference, "Generating content" (Content, Part), "Function calling",
"Structured output", "Thinking". Signatures of thoughts mean something to their vendor alone and
go no further.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from butler.engine.dialects.canonical import (
    Choosing,
    Conversation,
    JsonFormat,
    Message,
    Role,
    Text,
    Tool,
    ToolChoice,
)
from butler.engine.dialects.gemini_body import JSON, LIFTED, Object, inner, member, snake, texts_of
from butler.engine.dialects.gemini_parts import Reading
from butler.engine.dialects.gemini_schema import json_schema_of
from butler.engine.dialects.members import (
    as_list,
    as_number,
    as_object,
    as_text,
    as_whole,
    unreadable,
)
from butler.engine.dialects.responses_tools import flat_name
from butler.engine.dialects.unheard import THINKING, unheard

_ROLES = {"user": Role.USER, "model": Role.ASSISTANT, "function": Role.USER, "tool": Role.USER}
_ONLY_ITS_VENDORS = ("safetySettings", "labels", "serviceTier")
_OF_CONFIG = (
    *("responseMimeType", "responseSchema", "responseJsonSchema", "responseModalities"),
    *("thinkingConfig", *LIFTED),
)
"""What is read of `generationConfig`."""
_READ = frozenset(
    {
        *("contents", "systemInstruction", "instructions", "tools", "toolConfig", "reasoning"),
        *("generationConfig", "response_format", "modalities", "cachedContent", "max_tokens"),
        *_ONLY_ITS_VENDORS,
        *LIFTED.values(),
    }
)
"""What is read of a request, as `read_body` names it; of the rest the trace tells."""
_LONGEST = 60


def read_conversation(data: Object, *, stream: bool) -> Conversation:
    """Read a request as `read_body` returns it; raises ClientError for what can not be told on."""
    if (as_whole(data.get("candidate_count")) or 1) > 1:
        raise unreadable("generationConfig.candidateCount", "asks for more than one answer")
    if data.get("cachedContent"):
        raise unreadable("cachedContent", "is known only to the vendor that keeps it")
    modalities = data.get("modalities")
    if modalities and "text" not in modalities:
        raise unreadable("generationConfig.responseModalities", "asks for more than words")
    reading = Reading()
    messages = (*_system(data), *_messages(data, reading))
    config = inner(data, "generationConfig")
    allowed, choice = _choice(data)
    limit = as_whole(data.get("max_output_tokens")) or as_whole(data.get("max_tokens"))
    return Conversation(
        messages=messages,
        stream=stream,
        tools=tuple(tool for tool in _tools(data) if not allowed or tool.name in allowed),
        tool_choice=choice,
        max_tokens=limit,
        temperature=as_number(data.get("temperature")),
        top_p=as_number(data.get("top_p")),
        # A number of any kind: the vendor's own type for it has a fraction.
        top_k=_rounded(as_number(data.get("top_k"))),
        stop=tuple(text for text in as_list(data.get("stop")) if isinstance(text, str) and text),
        format=_read_format(config),
        seed=as_whole(data.get("seed")),
        presence_penalty=as_number(data.get("presence_penalty")),
        frequency_penalty=as_number(data.get("frequency_penalty")),
        likeliest=_likeliest(data),
        left_out=tuple(dict.fromkeys((*_left_out(data, config), *reading.left_out))),
    )


def _system(data: Object) -> Iterator[Message]:
    texts = tuple(Text(text) for text in texts_of(data.get("systemInstruction")) if text)
    if texts:
        yield Message(Role.SYSTEM, texts)


def _messages(data: Object, reading: Reading) -> Iterator[Message]:
    """Yield the turns; clients keep what the model said as they got it, piece by piece."""
    said: list[Any] = []
    for place, content in enumerate(as_list(data.get("contents"))):
        where = f"contents[{place}]"
        if isinstance(content, str):
            content = {"parts": [{"text": content}]}
        if not isinstance(content, dict):
            raise unreadable(where, "is not an object")
        role = _ROLES.get(as_text(content.get("role")) or "user")
        if role is None:
            raise unreadable(f"{where}.role", "is no role that is known")
        parts = content.get("parts")
        if role is Role.ASSISTANT:
            said += parts if isinstance(parts, list) else [parts]
            continue
        yield from _turn(Role.ASSISTANT, said, reading, where)
        said = []
        yield from _turn(role, parts, reading, where)
    yield from _turn(Role.ASSISTANT, said, reading, "contents")


def _turn(role: Role, parts: Any, reading: Reading, where: str) -> Iterator[Message]:
    if read := tuple(reading.parts(parts, where)):
        yield Message(role, read)


def functions_of(data: Object) -> Iterator[Object]:
    """Yield the declarations of functions among a request's tools."""
    for tool in as_list(data.get("tools")):
        declared = as_object((as_object(tool) or {}).get("function"))
        if declared is not None and as_text(declared.get("name")):
            yield declared


def _tools(data: Object) -> Iterator[Tool]:
    for function in functions_of(data):
        schema = as_object(member(function, "parametersJsonSchema"))
        if schema is None:
            schema = json_schema_of(inner(function, "parameters"))
        name = flat_name(None, function["name"])
        yield Tool(name, schema, as_text(function.get("description")))


def _choice(data: Object) -> tuple[frozenset[str], ToolChoice | None]:
    """Return the names of the tools that may be called, all where none is named, and the choice."""
    config = inner(inner(data, "toolConfig"), "functionCallingConfig")
    given = as_list(member(config, "allowedFunctionNames"))
    names = [flat_name(None, name) for name in given if isinstance(name, str)]
    match as_text(config.get("mode")):
        case "ANY" if len(names) == 1:
            return frozenset(names), ToolChoice(Choosing.NAMED, names[0])
        case "ANY":
            return frozenset(names), ToolChoice(Choosing.REQUIRED)
        case "NONE":
            return frozenset(), ToolChoice(Choosing.NONE)
        case "AUTO":
            return frozenset(), ToolChoice(Choosing.AUTO)
        case "VALIDATED":
            return frozenset(names), ToolChoice(Choosing.AUTO)
    return frozenset(), None


def _read_format(config: Object) -> JsonFormat | None:
    if member(config, "responseMimeType") != JSON:
        return None
    schema = as_object(member(config, "responseJsonSchema"))
    own = as_object(member(config, "responseSchema"))
    return JsonFormat(json_schema_of(own) if schema is None and own else schema)


def _likeliest(data: Object) -> int | None:
    return (as_whole(data.get("top_logprobs")) or 0) if data.get("logprobs") is True else None


def _rounded(number: float | None) -> int | None:
    return None if number is None else round(number)


def _left_out(data: Mapping[str, Any], config: Object) -> Iterator[str]:
    for tool in as_list(data.get("tools")):
        if isinstance(tool, dict) and tool.get("type") != "function":
            yield f"the tool `{tool.get('type')}`, which only its vendor runs"
    for name in _ONLY_ITS_VENDORS:
        if data.get(name):
            yield f"`{name}`, which only its vendor knows"
    yield from unheard(data, _READ | THINKING)
    read = {*_OF_CONFIG, *map(snake, _OF_CONFIG)}
    for name, value in config.items():
        if name not in read and value is not None:
            yield f"`{name[:_LONGEST]}`, which only its vendor knows"
    kind = as_text(member(config, "responseMimeType"))
    if kind not in (None, JSON, "text/plain"):
        yield f"answers of the type `{kind}`"
    if "modalities" in data and set(data["modalities"]) - {"text"}:
        yield "answers that are no words"
