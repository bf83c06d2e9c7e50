"""Google's generateContent: a request, written from the hub's types.

Source: Gemini API reference, "Generating content" (request, GenerationConfig), "Function
calling", "Structured output". The model and whether to stream stand in the address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from butler.engine.dialects.canonical import Choosing, Conversation, JsonFormat, Tool
from butler.engine.dialects.gemini_body import JSON, dumps
from butler.engine.dialects.gemini_contents import contents_of
from butler.engine.dialects.gemini_schema import for_answers, for_arguments

Body = dict[str, Any]
_MOST_STOPS = 5
_MOST_LIKELIEST = 20
_HOTTEST = 2
_MODES = {Choosing.AUTO: "AUTO", Choosing.NONE: "NONE", Choosing.REQUIRED: "ANY"}
_JSON = "Answer with a single JSON object and nothing else: no words around it, no code fence."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a provider adds to a conversation, by what it knows of the model.

    `config` goes into `generationConfig`: how to think. Without `json_beside_tools` the model
    takes no format together with tools, and is asked for it in words. `signed` says that it wants
    a signature under the calls in a conversation.
    """

    config: Mapping[str, Any] = field(default_factory=dict)
    json_beside_tools: bool = True
    signed: bool = False


def write_request(conversation: Conversation, wanted: Wanted) -> bytes:
    """Return the body of a request."""
    system, contents = contents_of(conversation.messages, signed=wanted.signed)
    in_words = bool(conversation.tools) and not wanted.json_beside_tools
    config = {**_config(conversation), **wanted.config}
    if conversation.format is not None:
        if in_words:
            system.append(_asked_in_words(conversation.format))
        else:
            config |= _format(conversation.format)
    body: Body = {"contents": contents}
    if system:
        body["systemInstruction"] = {"parts": [{"text": text} for text in system]}
    if conversation.tools:
        body["tools"] = [{"functionDeclarations": list(map(_tool, conversation.tools))}]
        if choice := _choice(conversation):
            body["toolConfig"] = {"functionCallingConfig": choice}
    if config:
        body["generationConfig"] = config
    return orjson.dumps(body)


def left_out(conversation: Conversation) -> Iterator[str]:
    """Yield what of a conversation is not in the body that `write_request` makes of it."""
    if len(conversation.stop) > _MOST_STOPS:
        yield "the stops after the fifth"
    if conversation.thoughts:
        yield "what was thought before"


def _config(conversation: Conversation) -> Body:
    said = {
        "maxOutputTokens": conversation.max_tokens,
        "temperature": _within(conversation.temperature, 0, _HOTTEST),
        "topP": _within(conversation.top_p, 0, 1),
        "topK": conversation.top_k,
        "stopSequences": list(conversation.stop[:_MOST_STOPS]) or None,
        "seed": conversation.seed,
        "presencePenalty": conversation.presence_penalty,
        "frequencyPenalty": conversation.frequency_penalty,
        **dict(_likeliest(conversation.likeliest)),
    }
    return {name: value for name, value in said.items() if value is not None}


def _within(number: float | None, least: float, most: float) -> float | None:
    return None if number is None else min(max(number, least), most)


def _likeliest(most: int | None) -> Iterator[tuple[str, Any]]:
    if most is not None:
        yield "responseLogprobs", True
        if most:
            yield "logprobs", min(most, _MOST_LIKELIEST)


def _format(wanted: JsonFormat) -> Body:
    if wanted.schema is None:
        return {"responseMimeType": JSON}
    return {"responseMimeType": JSON, "responseJsonSchema": for_answers(wanted.schema)}


def _asked_in_words(wanted: JsonFormat) -> str:
    if wanted.schema is None:
        return _JSON
    return f"{_JSON} It must fit this JSON schema:\n{dumps(wanted.schema)}"


def _tool(tool: Tool) -> Body:
    described = {"description": tool.description} if tool.description else {}
    return {"name": tool.name, **described, "parametersJsonSchema": for_arguments(tool.schema)}


def _choice(conversation: Conversation) -> Body | None:
    chosen = conversation.tool_choice
    if chosen is None:
        return None
    if chosen.choosing is Choosing.NAMED and chosen.name:
        return {"mode": "ANY", "allowedFunctionNames": [chosen.name]}
    return {"mode": _MODES.get(chosen.choosing, "ANY")}
