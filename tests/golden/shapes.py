"""The published request schemas, as the types of the vendors' own SDKs: do bodies fit, what fields.

The SDKs' types are dictionaries (OpenAI, Anthropic) or models (Google, Ollama); here both are
shapes with members. A body fits where each of its members is known and of a type that is allowed.
"""

import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import typing_extensions
from anthropic.types.beta import message_create_params as messages
from google.genai import types as google
from ollama._types import ChatRequest
from openai.types.chat import completion_create_params as completions
from openai.types.responses import response_create_params as responses
from pydantic import BaseModel

_UNIONS = (Union, types.UnionType)
_WRAPPERS = {
    *(typing.Required, typing.NotRequired, typing.Annotated),
    *(typing_extensions.Required, typing_extensions.NotRequired),
}
_MANY = (list, Iterable, Sequence, tuple)
_OPEN = frozenset({"Parameters", "Property"})
"""What Ollama's SDK names of a schema's words; the server takes them all."""
_OF_JSON = frozenset({"Schema"})
"""Google's own kind of JSON schema: one field here, whatever its words."""
_FITS: Mapping[type, tuple[type, ...]] = {
    float: (int, float),
    int: (int,),
    bool: (bool,),
    str: (str,),
    bytes: (str,),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these members."""

    name: str
    members: Mapping[str, Any]

    @property
    def label(self) -> str:
        """What tells it from others in its place: its type, or who speaks; else its name."""
        for key in ("type", "role"):
            values = [arm for arm in _arms(self.members.get(key)) if get_origin(arm) is Literal]
            if values:
                return str(get_args(values[0])[0])
        return self.name


def request_shape(dialect: str) -> Shape:
    """Return the shape of a whole request."""
    match dialect:
        case "openai_chat":
            return _merged(completions.CompletionCreateParamsNonStreaming, completions)
        case "openai_responses":
            return _merged(responses.ResponseCreateParamsNonStreaming, responses)
        case "anthropic_messages":
            return _anthropic()
        case "gemini":
            return _gemini()
    return shape_of(ChatRequest)


def problems_of(dialect: str, body: Mapping[str, Any], beyond: AbstractSet[str]) -> list[str]:
    """Return what a vendor's types do not know of a body, but for some of its members."""
    shape = request_shape(dialect)
    known = {key: value for key, value in body.items() if key not in beyond}
    return list(_of_object(known, shape, ""))


def _merged(params: Any, _module: Any) -> Shape:
    shape = shape_of(params)
    return Shape(shape.name, {**shape.members, "stream": bool})


def _anthropic() -> Shape:
    shape = shape_of(messages.MessageCreateParamsNonStreaming)
    # The SDK has dropped what the API's newest models refuse; its older ones take it.
    older = {"temperature": float, "top_p": float, "top_k": int}
    headers = {"betas", "user_profile_id", "workspace_id"}
    members = {key: it for key, it in shape.members.items() if key not in headers}
    return Shape(shape.name, {**members, **older, "stream": bool})


def _gemini() -> Shape:
    config = shape_of(google.GenerateContentConfig).members
    generation = shape_of(google.GenerationConfig).members
    top = ("systemInstruction", "safetySettings", "tools", "toolConfig", "labels", "cachedContent")
    more = ("serviceTier", "store")
    members = {key: config[key] for key in (*top, *more)}
    members["systemInstruction"] = google.Content
    members["tools"] = list[google.Tool]
    members["contents"] = list[google.Content]
    # What only the SDK itself reads stands in its configuration, too.
    inner = {**generation, "imageConfig": config["imageConfig"]}
    members["generationConfig"] = Shape("GenerationConfig", inner)
    return Shape("GenerateContentRequest", members)


@cache
def shape_of(type_: Any) -> Shape:
    """Return the shape of an SDK's type."""
    if isinstance(type_, type) and issubclass(type_, BaseModel):
        fields = type_.model_fields.items()
        return Shape(type_.__name__, {it.alias or name: it.annotation for name, it in fields})
    return Shape(type_.__name__, typing_extensions.get_type_hints(type_))


def _arms(annotation: Any) -> Iterator[Any]:
    """Yield what a value may be, without the wrappings."""
    origin = get_origin(annotation)
    if origin in _UNIONS:
        for arm in get_args(annotation):
            yield from _arms(arm)
    elif origin in _WRAPPERS:
        yield from _arms(get_args(annotation)[0])
    elif isinstance(annotation, typing_extensions.TypeAliasType):
        yield from _arms(annotation.__value__)
    elif annotation is not None:
        yield annotation


def _objects(annotation: Any) -> Iterator[Shape]:
    for arm in _arms(annotation):
        if isinstance(arm, Shape):
            yield arm
        elif typing_extensions.is_typeddict(arm) or _is_model(arm):
            yield shape_of(arm)


def _is_model(arm: Any) -> bool:
    return isinstance(arm, type) and issubclass(arm, BaseModel)


def _items(annotation: Any) -> Iterator[Any]:
    for arm in _arms(annotation):
        if get_origin(arm) in _MANY:
            yield get_args(arm)[0]


def _of_value(value: Any, annotation: Any, where: str) -> list[str]:
    arms = list(_arms(annotation))
    if any(arm in (Any, object, Ellipsis) for arm in arms):
        return []
    if value is None:
        return [] if type(None) in arms else [f"{where}: must not be null"]
    if isinstance(value, dict):
        if any(get_origin(arm) in (dict, Mapping) or arm is dict for arm in arms):
            return []
        found = [list(_of_object(value, shape, where)) for shape in _objects(annotation)]
        return min(found, key=len) if found else [f"{where}: must not be an object"]
    if isinstance(value, list):
        found = [
            [it for at, one in enumerate(value) for it in _of_value(one, item, f"{where}[{at}]")]
            for item in _items(annotation)
        ]
        return min(found, key=len) if found else [f"{where}: must not be a list"]
    return [] if any(_is(value, arm) for arm in arms) else [f"{where}: {value!r}"]


def _is(value: Any, arm: Any) -> bool:
    if get_origin(arm) is Literal:
        return value in get_args(arm)
    if isinstance(arm, type) and issubclass(arm, Enum):
        return value in [one.value for one in arm]
    if isinstance(value, bool):
        return arm is bool
    return isinstance(value, _FITS.get(arm, ()))


def _of_object(value: Mapping[str, Any], shape: Shape, where: str) -> Iterator[str]:
    for key, inner in value.items():
        if shape.name in _OPEN:
            return
        if key in shape.members:
            yield from _of_value(inner, shape.members[key], f"{where}.{key}")
        else:
            yield f"{where}.{key}: unknown to {shape.name}"


def fields_below(annotation: Any) -> Iterator[tuple[str, Any]]:
    """Yield what may stand below a member: fields, or the kinds of objects that it may hold.

    A kind stands in brackets; kinds of one label are one.
    """
    shapes = list(_objects(annotation))
    for item in _items(annotation):
        shapes += _objects(item)
        shapes += [shape for inner in _items(item) for shape in _objects(inner)]
    if all(shape.name in _OF_JSON for shape in shapes):
        return
    if len(shapes) == 1:
        yield from ((f".{key}", it) for key, it in shapes[0].members.items())
        return
    kinds: dict[str, dict[str, Any]] = {}
    for shape in shapes:
        members = kinds.setdefault(shape.label, {})
        for key, it in shape.members.items():
            members[key] = members[key] | it if key in members else it
    for label, members in kinds.items():
        yield f"[{label}]", Shape(label, members)
