"""Families of models: what a model's id tells about it where nobody else does.

The data stand in `resources/presets/families.json`, first match first. Whatever comes from here
is a guess, and is marked as one wherever it is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Self

import orjson

from butler.contract.places import resource
from butler.contract.resources import ModelDetails

MAX_COMPLETION_TOKENS = "max_completion_tokens"
NO_SAMPLING = "no_sampling"
NO_FORCED_TOOLS = "no_forced_tools"
JSON_SCHEMA = "json_schema"
NOT_CHAT = "not_chat"
COMPLETIONS = "completions"
TRAITS = frozenset(
    {MAX_COMPLETION_TOKENS, NO_SAMPLING, NO_FORCED_TOOLS, JSON_SCHEMA, NOT_CHAT, COMPLETIONS}
)
"""What is special about a model: the name of its output limit; no temperature and the like; a
free choice of tools; answers that fit a schema, in Anthropic's dialect; no conversation at all;
texts to go on with, or to fill in."""

_SEPARATORS = re.compile(r"[._:@\s]+")
_LISTS = ("modalities", "makes")
_GUESSED = ("context_tokens", "output_tokens", *_LISTS, "tools", "json_mode", "thinking")


@dataclass(frozen=True, slots=True)
class Family:
    """What the models of a family have in common. `variant` is its way of being told to think."""

    family: str
    pattern: re.Pattern[str]
    context_tokens: int | None = None
    output_tokens: int | None = None
    modalities: tuple[str, ...] | None = None
    makes: tuple[str, ...] | None = None
    tools: bool | None = None
    json_mode: bool | None = None
    thinking: bool | None = None
    variant: str = ""
    traits: frozenset[str] = frozenset()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Read one entry; raises TypeError or ValueError where it is not as it should be."""
        known = dict(data)
        try:
            pattern = re.compile(known.pop("pattern"))
        except re.error as error:
            raise ValueError(f"the pattern of {known.get('family')!r}: {error}") from error
        traits = frozenset(known.pop("traits", ()))
        if not traits <= TRAITS:
            raise ValueError(f"unknown traits: {sorted(traits - TRAITS)}")
        ModelDetails.model_validate({key: known[key] for key in _GUESSED if key in known})
        known |= {name: tuple(known[name]) for name in _LISTS if name in known}
        return cls(pattern=pattern, traits=traits, **known)


_UNKNOWN = Family("unknown", re.compile(""))


@cache
def families() -> tuple[Family, ...]:
    """Return all families, in the order in which they are tried."""
    return tuple(map(Family.read, orjson.loads(resource("presets", "families.json").read_bytes())))


@lru_cache(maxsize=4096)
def family_of(model: str) -> Family:
    """Return the family of a model by its id, however vendors decorate it."""
    plain = _SEPARATORS.sub("-", model.lower().rpartition("/")[2]).lstrip("~")
    return next((it for it in families() if it.pattern.search(plain)), _UNKNOWN)


def with_guesses(model: str, details: ModelDetails) -> ModelDetails:
    """Fill in what nobody has said of a model from its id; what is guessed is named as such."""
    family = family_of(model)
    guessed = {
        name: value
        for name in _GUESSED
        if getattr(details, name) is None and (value := getattr(family, name)) is not None
    }
    guessed |= {name: list(guessed[name]) for name in _LISTS if name in guessed}
    return details.model_copy(update={**guessed, "guessed": sorted({*details.guessed, *guessed})})
