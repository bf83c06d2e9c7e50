"""What is known of a model: its limits, what it can do, what it costs, how it is to think."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Makes(StrEnum):
    """What a model makes, and what a call asks for; a chat can do for a completion."""

    CHAT = "chat"
    COMPLETION = "completion"
    EMBEDDING = "embedding"
    IMAGE = "image"
    TRANSCRIPTION = "transcription"
    SPEECH = "speech"
    MODERATION = "moderation"


TALK = frozenset({Makes.CHAT, Makes.COMPLETION})
"""Words for words: what routing is for. All else are services."""


class ThinkingMode(StrEnum):
    """Whether a model is to think before it answers; `auto` leaves that to the model."""

    AUTO = "auto"
    ENABLED = "enabled"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Thinking:
    """How a model is to think; the budget counts only where it is enabled."""

    mode: ThinkingMode
    budget_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for a million tokens, and for one image; None where it is not known.

    `source` is `owner`, `catalogue`, or `local`: what runs on the owner's machines is free.
    """

    source: str
    input_usd: Decimal | None = None
    output_usd: Decimal | None = None
    cached_usd: Decimal | None = None
    cache_write_usd: Decimal | None = None
    image_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What is known of a target; None means unknown, never no.

    `modalities` are what it reads, `makes` what it answers with. `local` says that its provider
    runs on the owner's machines, `parameters` and `default_thinking` count where neither rule nor
    request says otherwise.
    """

    context_tokens: int | None = None
    output_tokens: int | None = None
    modalities: frozenset[str] | None = None
    makes: frozenset[Makes] | None = None
    tools: bool | None = None
    json_mode: bool | None = None
    thinking: bool | None = None
    price: Price | None = None
    local: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    default_thinking: Thinking | None = None
    guessed: frozenset[str] = frozenset()


NO_FACTS = ModelFacts()
"""What is known of a model that nobody has described."""
