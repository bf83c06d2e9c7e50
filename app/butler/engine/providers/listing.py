"""Lists of models as vendors give them: everybody's own words for context, prices and the rest.

Sources: the published references of OpenAI, Anthropic, OpenRouter, Together, Groq, Mistral,
Fireworks, xAI, Google (OpenAI compatibility), vLLM, llama.cpp, LM Studio and Ollama.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from butler.contract.resources import ModelDetails, Prices
from butler.engine.providers.families import NOT_CHAT, family_of, with_guesses

Object = Mapping[str, Any]
_CONTEXT = (
    *("loaded_context_length", "context_length", "context_window", "max_model_len"),
    *("max_context_length", "max_input_tokens", "inputTokenLimit", "input_token_limit"),
)
_OUTPUT = (
    *("max_completion_tokens", "max_output_tokens", "max_output_length", "outputTokenLimit"),
    "output_token_limit",
)
_MOST_TOKENS = 1_000_000_000
_MILLION = Decimal(1_000_000)
_DEAREST_USD = Decimal(1_000_000)
_MODALITIES = ("text", "image", "audio", "video", "file")
_NO_CHAT_TYPES = frozenset(
    {"embedding", "embeddings", "image", "audio", "video", "rerank", "moderation", "transcribe"}
)


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model that a provider lists: its id, and what is known or guessed of it.

    `is_chat` is False for models that hold no conversation.
    """

    id: str
    title: str | None = None
    details: ModelDetails = field(default_factory=ModelDetails)
    is_chat: bool = True


def read_models(body: bytes) -> tuple[ListedModel, ...]:
    """Read a list of models, in the vendor's order; raises ValueError where it is none."""
    data = orjson.loads(body)
    if isinstance(data, dict):
        data = next((data[key] for key in ("data", "models") if key in data), None)
    if not isinstance(data, list):
        raise ValueError("the answer is no list of models")
    found = {model.id: model for entry in data if (model := _model(entry)) is not None}
    return tuple(found.values())


def _model(entry: Any) -> ListedModel | None:
    if isinstance(entry, str):
        entry = {"id": entry}
    if not isinstance(entry, dict):
        return None
    id_ = next((entry[key] for key in ("id", "model", "name") if _is_text(entry.get(key))), None)
    if id_ is None:
        return None
    id_ = id_.removeprefix("models/")
    title = next((entry[key] for key in ("display_name", "name") if _is_text(entry.get(key))), None)
    details = with_guesses(id_, _details(entry))
    return ListedModel(id_, title if title != id_ else None, details, _is_chat(id_, entry))


def _details(entry: Object) -> ModelDetails:
    can = set(_abilities(entry))
    cannot = set(_inabilities(entry))
    return ModelDetails(
        context_tokens=_context(entry),
        output_tokens=_output(entry),
        modalities=_modalities(entry, can),
        tools=_told("tools", can, cannot),
        json_mode=_told("json", can, cannot),
        thinking=_told("thinking", can, cannot),
        prices=_prices(entry),
    )


def _context(entry: Object) -> int | None:
    meta = _object(entry.get("meta"))
    top = _object(entry.get("top_provider"))
    found = [_tokens(entry.get(key)) for key in _CONTEXT]
    found += [_tokens(meta.get("n_ctx")), _tokens(meta.get("n_ctx_train"))]
    found += [_tokens(top.get("context_length"))]
    return next((it for it in found if it), None)


def _output(entry: Object) -> int | None:
    top = _object(entry.get("top_provider"))
    found = [_tokens(entry.get(key)) for key in _OUTPUT]
    found.append(_tokens(top.get("max_completion_tokens")))
    if entry.get("type") == "model":
        # Anthropic's word for the longest answer; others mean the context by it.
        found.append(_tokens(entry.get("max_tokens")))
    return next((it for it in found if it), None)


def _modalities(entry: Object, can: set[str]) -> list[Any] | None:
    shape = _object(entry.get("architecture"))
    named = shape.get("input_modalities") or entry.get("input_modalities")
    if isinstance(named, list):
        known = [it for it in _MODALITIES if it in named or (it == "file" and "pdf" in named)]
        return known or None
    if not can & {"vision", "no_vision", "pdf", "audio"}:
        return None
    more = [("image", "vision"), ("audio", "audio"), ("file", "pdf")]
    return ["text", *(name for name, ability in more if ability in can)]


_ABILITIES: Mapping[str, str] = {
    "tools": "tools",
    "tool_use": "tools",
    "function_calling": "tools",
    "functions": "tools",
    "supports_tools": "tools",
    "vision": "vision",
    "image_input": "vision",
    "supports_image_input": "vision",
    "pdf_input": "pdf",
    "audio": "audio",
    "thinking": "thinking",
    "reasoning": "thinking",
    "structured_outputs": "json",
    "response_format": "json",
}
"""What vendors call an ability, and what it is."""


def _abilities(entry: Object) -> Iterator[str]:
    """Yield what the vendor says that a model can do."""
    for word, yes in _said(entry):
        if yes and word in _ABILITIES:
            yield _ABILITIES[word]
        elif word == "vision" and not yes:
            yield "no_vision"
    if entry.get("type") == "vlm":
        yield "vision"


def _inabilities(entry: Object) -> Iterator[str]:
    """Yield what the vendor says that it can not; a list of abilities is a whole one."""
    for word, yes in _said(entry):
        if not yes and word in _ABILITIES:
            yield _ABILITIES[word]
    for key in ("supported_parameters", "capabilities"):
        if isinstance(entry.get(key), list):
            yield from ("tools", "thinking")
    if isinstance(entry.get("supported_parameters"), list):
        yield "json"


def _said(entry: Object) -> Iterator[tuple[str, bool]]:
    for key in ("supports_tools", "supports_image_input"):
        if isinstance(entry.get(key), bool):
            yield key, entry[key]
    for key in ("supported_parameters", "capabilities", "features"):
        words = entry.get(key)
        if isinstance(words, list):
            yield from ((word, True) for word in words if isinstance(word, str))
        elif isinstance(words, dict):
            for word, value in words.items():
                said = value.get("supported") if isinstance(value, dict) else value
                if isinstance(said, bool):
                    yield word, said


def _told(ability: str, can: set[str], cannot: set[str]) -> bool | None:
    if ability in can:
        return True
    return False if ability in cannot else None


def _prices(entry: Object) -> Prices | None:
    pricing = _object(entry.get("pricing"))
    # OpenRouter's are dollars for one token, as text; Together's for a million, as numbers.
    if _is_text(pricing.get("prompt")):
        names = ("prompt", "completion", "input_cache_read", "input_cache_write")
        given = [_usd(pricing.get(name), _MILLION) for name in names]
        image = _usd(pricing.get("image"), Decimal(1))
    else:
        given = [_usd(pricing.get(name), Decimal(1)) for name in ("input", "output")]
        given += [_usd(pricing.get("cached_input"), Decimal(1)), None]
        image = None
    if given[0] is None or given[1] is None:
        return None
    return Prices(
        input_usd=given[0],
        output_usd=given[1],
        cached_usd=given[2],
        cache_write_usd=given[3],
        image_usd=image or None,
    )


def _usd(value: Any, times: Decimal) -> Decimal | None:
    """Return a price; negative ones stand for prices that depend on the call."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    try:
        price = Decimal(str(value)) * times
    except InvalidOperation:
        return None
    return price.normalize() if price.is_finite() and 0 <= price <= _DEAREST_USD else None


def _is_chat(id_: str, entry: Object) -> bool:
    if NOT_CHAT in family_of(id_).traits:
        return False
    if str(entry.get("type", "")).lower() in _NO_CHAT_TYPES:
        return False
    shape = _object(entry.get("architecture"))
    outputs = shape.get("output_modalities") or entry.get("output_modalities")
    if isinstance(outputs, list) and "text" not in outputs:
        return False
    return dict(_said(entry)).get("completion_chat", True)


def _tokens(value: Any) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 < value <= _MOST_TOKENS else None


def _object(value: Any) -> Object:
    return value if isinstance(value, dict) else {}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
