"""Calls as the endpoint makes them, for rooms that are tested without it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from butler.engine.call import (
    NO_FACTS,
    Call,
    Caller,
    EmbedderView,
    LiveView,
    ModelFacts,
    Target,
    Timeouts,
)
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dispatch.health import Health
from butler.engine.patience import Patience
from butler.engine.signals.embedder.model import NoEmbedding, Why
from butler.engine.signals.embedder.shared import SharedEmbedding
from butler.engine.signals.features import Features
from butler.engine.tally import Tally

HELLO: dict[str, Any] = {"messages": [{"role": "user", "content": "Hello there!"}]}
PATIENT = Timeouts(connect_ms=5_000, first_byte_ms=5_000, idle_ms=5_000, total_ms=20_000)


class NoEmbedder:
    """An engine without an embedding model."""

    def share(self, text: str) -> SharedEmbedding:
        """Nobody gets an embedding."""
        return SharedEmbedding(self, text)

    async def embed(self, _text: str, _budget_ms: float | None = None) -> NoEmbedding:
        """Say so."""
        return NoEmbedding(Why.ABSENT, "no embedding model is chosen")


@dataclass(frozen=True, slots=True)
class Revision:
    """What a call sees of its Runtime."""

    revision: int = 1
    timeouts: Timeouts = field(default_factory=lambda: PATIENT)
    patience: Patience = field(default_factory=Patience)
    routing_enabled: bool = True
    local_only: bool = False
    keeps_answers: bool = False
    embedder: EmbedderView = field(default_factory=NoEmbedder)
    embedding_budget_ms: float = 55
    live: LiveView = field(default_factory=Health)
    known_facts: Mapping[Target, ModelFacts] = field(default_factory=dict)

    def facts(self, target: Target) -> ModelFacts:
        """What a test says of a target."""
        return self.known_facts.get(target, NO_FACTS)


def new_call(
    body: Mapping[str, Any] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    timeouts: Timeouts = PATIENT,
) -> Call:
    """A call that has just arrived; with a body it has been read, too."""
    call = Call("req_1", "chat_completions", Revision(timeouts=timeouts), dict(headers or {}))
    call.known = Features(call)
    call.caller = Caller("tok_1", "default")
    if body is not None:
        call.request = OpenAIChat().read_request(orjson.dumps(dict(body)))
    return call


def tally(*pieces: str) -> Tally:
    """What is kept of an answer in these pieces."""
    counted = Tally()
    for piece in pieces:
        counted.add(piece)
    return counted
