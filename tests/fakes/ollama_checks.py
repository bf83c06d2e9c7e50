"""What Ollama's own API refuses, and what it does to a prompt that is too long.

Written from the published API reference and the server's observable behaviour; the meaning is
the vendor's, the sentences are ours where no client reads them.
"""

import base64
import binascii
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.errors import VendorError, bad_request

ROLES = ("system", "user", "assistant", "tool")
_LEVELS = ("low", "medium", "high")
_OPTIONS: Mapping[str, tuple[type, ...]] = {
    "num_ctx": (int,),
    "num_predict": (int,),
    "seed": (int,),
    "top_k": (int,),
    "temperature": (int, float),
    "top_p": (int, float),
    "min_p": (int, float),
    "repeat_penalty": (int, float),
    "presence_penalty": (int, float),
    "frequency_penalty": (int, float),
    "stop": (list,),
}


@dataclass(frozen=True, slots=True)
class Model:
    """A model that was pulled: what it can do, and its own context."""

    abilities: frozenset[str] = frozenset({"completion", "tools", "vision", "thinking"})
    context_tokens: int = 131_072


@dataclass(frozen=True, slots=True)
class Ask:
    """What a valid request asks for. `read` are the messages that the model gets to see."""

    model: str
    stream: bool
    num_ctx: int
    read: tuple[Mapping[str, Any], ...] = ()
    unknown_options: tuple[str, ...] = ()
    format: Any = None
    think: Any = None
    options: Mapping[str, Any] = field(default_factory=dict)


def read_ask(raw: bytes, models: Mapping[str, Model], default_num_ctx: int, *, old: bool) -> Ask:
    """Check a request and return what it asks for, or raise VendorError.

    An `old` server does not know that a prompt may also be refused: it always cuts.
    """
    body = _read_object(raw)
    name = body.get("model")
    model = models.get(str(name).removesuffix(":latest"))
    if not isinstance(name, str) or not name:
        raise bad_request("model is required")
    if model is None:
        raise VendorError(404, f"model '{name}' not found")
    messages = body.get("messages")
    if not isinstance(messages, list):
        raise bad_request("json: cannot unmarshal messages into a list")
    for message in messages:
        _check_message(message)
    _check_abilities(name, body, model)
    _check_format(body.get("format"))
    options = body.get("options") or {}
    unknown = _check_options(options)
    num_ctx = min(options.get("num_ctx", default_num_ctx), model.context_tokens)
    cuts = old or body.get("truncate") is not False
    return Ask(
        name,
        body.get("stream", True),
        num_ctx,
        tuple(_fitting(messages, num_ctx, cuts)),
        unknown,
        body.get("format"),
        body.get("think"),
        options,
    )


def tokens_of(messages: Sequence[Mapping[str, Any]]) -> int:
    """Count about a token for four characters."""
    return sum(len(message.get("content") or "") // 4 + 4 for message in messages)


def _fitting(
    messages: Sequence[Mapping[str, Any]], num_ctx: int, cuts: bool
) -> Sequence[Mapping[str, Any]]:
    """Leave out the oldest turns without a word until the rest fits; the last one always stays."""
    if tokens_of(messages) > num_ctx and not cuts:
        raise bad_request("the input length exceeds the context length")
    system = [message for message in messages if message["role"] == "system"]
    turns = [message for message in messages if message["role"] != "system"]
    while len(turns) > 1 and tokens_of([*system, *turns]) > num_ctx:
        turns.pop(0)
    return [*system, *turns]


def _read_object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise bad_request("invalid character looking for beginning of value") from error
    if not isinstance(body, dict):
        raise bad_request("json: cannot unmarshal into Go value of type api.ChatRequest")
    return body


def _check_message(message: object) -> None:
    if not isinstance(message, dict) or message.get("role") not in ROLES:
        raise bad_request("invalid role: it must be one of system, user, assistant, or tool")
    if not isinstance(message.get("content", ""), str):
        raise bad_request("json: cannot unmarshal ChatRequest.messages.content into string")
    for image in message.get("images", ()):
        try:
            base64.b64decode(image, validate=True)
        except (binascii.Error, ValueError, TypeError) as error:
            raise bad_request("illegal base64 data at input byte 4") from error
    for call in message.get("tool_calls", ()):
        if not isinstance(call["function"]["arguments"], dict):
            raise bad_request("json: cannot unmarshal ToolCallFunction.arguments from string")


def _check_abilities(name: str, body: Mapping[str, Any], model: Model) -> None:
    think = body.get("think")
    if body.get("tools") and "tools" not in model.abilities:
        raise bad_request(f"registry.ollama.ai/library/{name}:latest does not support tools")
    if think and "thinking" not in model.abilities:
        raise bad_request(f'"{name}" does not support thinking')
    if isinstance(think, str) and (think not in _LEVELS or "gpt-oss" not in name):
        raise bad_request(f'think value "{think}" is not supported for this model')
    for tool in body.get("tools") or ():
        if tool["type"] != "function" or not isinstance(tool["function"]["parameters"], dict):
            raise bad_request("json: cannot unmarshal ChatRequest.tools")


def _check_format(wanted: object) -> None:
    if wanted not in (None, "", "json") and not isinstance(wanted, dict):
        raise bad_request(f"invalid format: {wanted!r}; expected 'json' or a JSON Schema")


def _check_options(options: Mapping[str, Any]) -> tuple[str, ...]:
    """Refuse known options of a wrong type; unknown ones are only warned of in the log."""
    for name, value in options.items():
        mistaken = isinstance(value, bool) or not isinstance(value, _OPTIONS.get(name, object))
        if name in _OPTIONS and mistaken:
            raise bad_request(f'option "{name}" must be of another type')
    return tuple(name for name in options if name not in _OPTIONS)


def listed(models: Collection[str]) -> Any:
    """`GET /api/tags`."""
    return {
        "models": [
            {
                "name": f"{name}:latest",
                "model": f"{name}:latest",
                "modified_at": "2026-11-23T12:00:00.000000Z",
                "size": 986_000_000,
                "digest": "a" * 64,
                "details": {"format": "gguf", "family": "qwen2", "parameter_size": "1.5B"},
            }
            for name in models
        ]
    }
