"""Google's generateContent: a request parsed, with the names under which every room looks.

Google takes each member in camelCase and in snake_case. What rules, signals and caches ask of a
request stands beside its own members in the words of chat completions, so that they need not know
this dialect; the bytes themselves are never written from it.

Source: Gemini API reference, "Generating content" (request, GenerationConfig, Tool).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import orjson

from butler.engine.dialects.body import parse_object
from butler.engine.dialects.members import as_list, as_object, as_text, as_whole
from butler.engine.errors import ClientError

Object = Mapping[str, Any]
JSON = "application/json"
_TOP = (
    *("contents", "systemInstruction", "toolConfig", "generationConfig", "safetySettings"),
    *("cachedContent", "labels", "serviceTier", "store"),
)
LIFTED: Mapping[str, str] = {
    "maxOutputTokens": "max_output_tokens",
    "temperature": "temperature",
    "topP": "top_p",
    "topK": "top_k",
    "stopSequences": "stop",
    "seed": "seed",
    "presencePenalty": "presence_penalty",
    "frequencyPenalty": "frequency_penalty",
    "candidateCount": "candidate_count",
    "responseLogprobs": "logprobs",
    "logprobs": "top_logprobs",
}
"""Members of `generationConfig`, and what chat completions call them."""
_CAPITAL = re.compile(r"(?=[A-Z])")


@cache
def snake(name: str) -> str:
    """Return a name in camelCase as Google also takes it."""
    return _CAPITAL.sub("_", name).lower()


def member(data: Object, name: str) -> Any:
    """Return a member by its name in camelCase, in whichever of both spellings it stands."""
    value = data.get(name)
    return data.get(snake(name)) if value is None else value


def inner(data: Object, name: str) -> Object:
    """Return a member that is an object; an empty one for what is none."""
    return as_object(member(data, name)) or {}


def read_body(body: bytes) -> dict[str, Any]:
    """Parse a request; raises ClientError where it is none, or has nothing to say."""
    data = parse_object(body)
    contents = member(data, "contents")
    if isinstance(contents, dict):
        contents = [contents]
    if not isinstance(contents, list) or not contents:
        raise ClientError(
            400,
            "missing_required_parameter" if contents is None else "invalid_type",
            "`contents` must be a list with at least one content.",
            param="contents",
        )
    known = {name: value for name in _TOP if (value := member(data, name)) is not None}
    others = {name: value for name, value in data.items() if name not in _spellings()}
    config = inner(data, "generationConfig")
    lifted = {
        plain: value
        for name, plain in LIFTED.items()
        if (value := member(config, name)) is not None
    }
    return {**others, **known, "contents": contents, **lifted, **_wishes(data, config)}


@cache
def _spellings() -> frozenset[str]:
    return frozenset({"tools", *_TOP, *map(snake, _TOP)})


def _wishes(data: Object, config: Object) -> dict[str, Any]:
    """Return what is said in another shape than a number or a text, and what is said of tools."""
    said = {
        "instructions": "\n\n".join(texts_of(member(data, "systemInstruction"))) or None,
        "tools": list(_tools(data)) or None,
        "reasoning": _reasoning(inner(config, "thinkingConfig")),
        "response_format": _format(config),
        "modalities": [
            kind.lower() for kind in as_list(member(config, "responseModalities")) if as_text(kind)
        ]
        or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def texts_of(content: Any) -> Iterator[str]:
    """Yield the texts of a content; Google takes a bare text, too."""
    if isinstance(content, str):
        yield content
    parts = content.get("parts") if isinstance(content, dict) else None
    for part in parts if isinstance(parts, list) else [parts]:
        text = part.get("text") if isinstance(part, dict) else part
        if isinstance(text, str):
            yield text


def _tools(data: Object) -> Iterator[Object]:
    """Yield functions, and what only the vendor runs under its name in snake_case."""
    tools = member(data, "tools")
    for tool in tools if isinstance(tools, list) else [tools]:
        if not isinstance(tool, dict):
            continue
        for name, value in tool.items():
            if snake(name) == "function_declarations":
                for one in as_list(value):
                    yield {"type": "function", "function": one}
            elif value is not None:
                yield {"type": snake(name)}


def _reasoning(thinking: Object) -> Object | None:
    """Return how much to think; a budget of -1 leaves that to the model, as no budget does."""
    level = as_text(member(thinking, "thinkingLevel"))
    if level is not None:
        return {"effort": level.lower()}
    budget = as_whole(member(thinking, "thinkingBudget"))
    if budget is None or budget < 0:
        return None
    return {"max_tokens": budget} if budget else {"enabled": False}


def _format(config: Object) -> Object | None:
    if member(config, "responseMimeType") != JSON:
        return None
    has_schema = any(
        as_object(member(config, name)) for name in ("responseJsonSchema", "responseSchema")
    )
    return {"type": "json_schema" if has_schema else "json_object"}


def dumps(value: Any) -> str:
    """Return JSON as text."""
    return orjson.dumps(value).decode()
