"""What the product is made of, each kind of thing in one ordered list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from butler.engine.arbiter.arbiter import Arbiter
from butler.engine.arbiter.choice import Choice
from butler.engine.call import Target
from butler.engine.dialects.anthropic_messages import AnthropicMessages
from butler.engine.dialects.base import Dialect
from butler.engine.dialects.gemini import Gemini
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.dialects.openai_completions import OpenAICompletions
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.dialects.services import (
    embeddings,
    images,
    moderations,
    speech,
    transcriptions,
)
from butler.engine.dialects.services.base import Service
from butler.engine.dispatch.gate import plan
from butler.engine.providers import (
    anthropic_compatible,
    demo,
    gemini,
    ollama,
    openai_compatible,
    openai_responses,
)
from butler.engine.providers.base import ProviderKind
from butler.engine.routing.categories import Category
from butler.engine.routing.conditions import (
    budget,
    call_kind,
    client,
    client_token,
    contains_secrets,
    cost,
    has_tools,
    health,
    keywords,
    language,
    latency,
    modality,
    private,
    regex,
    requested_model,
    task,
    thinking,
    time_of_day,
    tokens,
)
from butler.engine.routing.conditions.base import ConditionKind
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.guards import Guards
from butler.engine.routing.layer import Layer
from butler.engine.routing.layers.arbiter import ArbiterLayer
from butler.engine.routing.layers.default import DefaultLayer
from butler.engine.routing.layers.direct import DirectLayer
from butler.engine.routing.layers.exact_cache import Caching, ExactCacheLayer
from butler.engine.routing.layers.pin import Otherwise, PinLayer
from butler.engine.routing.layers.rules import RulesLayer
from butler.engine.routing.layers.semantic import SemanticLayer, Understanding
from butler.engine.routing.layers.semantic_cache import SemanticCacheLayer, Similarity
from butler.engine.routing.pins import Pins
from butler.engine.routing.router import Router
from butler.engine.routing.rules import CompiledRule
from butler.engine.routing.services import ServiceDefaultLayer, ServiceDefaults
from butler.engine.routing.stickiness import Stickiness

DIALECTS: Mapping[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        OpenAIChat(),
        OpenAICompletions(),
        AnthropicMessages(),
        OpenAIResponses(),
        Gemini(),
    )
}
"""Those that clients speak; a provider brings its own."""

SERVICES: tuple[Service, ...] = (
    embeddings.SERVICE,
    images.GENERATIONS,
    images.EDITS,
    images.VARIATIONS,
    transcriptions.TRANSCRIPTIONS,
    transcriptions.TRANSLATIONS,
    speech.SERVICE,
    moderations.SERVICE,
)
"""What is offered beside conversations."""

PROVIDER_KINDS: Mapping[str, ProviderKind] = {
    kind.id: kind
    for kind in (
        openai_compatible.KIND,
        anthropic_compatible.KIND,
        openai_responses.KIND,
        gemini.KIND,
        ollama.KIND,
        demo.KIND,
    )
}

CONDITION_KINDS: Mapping[str, ConditionKind] = {
    kind.kind: kind
    for kind in (
        task.KIND,
        keywords.KIND,
        regex.KIND,
        tokens.KIND,
        modality.KIND,
        has_tools.KIND,
        language.KIND,
        thinking.KIND,
        client.KIND,
        call_kind.KIND,
        client_token.KIND,
        requested_model.KIND,
        time_of_day.KIND,
        contains_secrets.KIND,
        private.KIND,
        cost.KIND,
        latency.KIND,
        health.KIND,
        budget.KIND,
    )
}


@dataclass(frozen=True, slots=True)
class Sticking:
    """What pinning needs: the pins, the targets of this revision, and how it is set."""

    pins: Pins = field(default_factory=Pins)
    living: frozenset[Target] = frozenset()
    stickiness: Stickiness = field(default_factory=Stickiness)


@dataclass(frozen=True, slots=True)
class Arbitration:
    """What the arbiter's layer needs: the arbiter, how it is set, what it chooses among."""

    arbiter: Arbiter = field(default_factory=Arbiter)
    choice: Choice = field(default_factory=Choice)
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """What the layers of one revision are made from."""

    rules: tuple[CompiledRule, ...] = ()
    defaults: Defaults = field(default_factory=Defaults)
    sticking: Sticking = field(default_factory=Sticking)
    arbitration: Arbitration = field(default_factory=Arbitration)
    similarity: Similarity = field(default_factory=Similarity)
    understanding: Understanding = field(default_factory=Understanding)
    exact: Caching | None = None
    """None where nothing is kept."""


def layers(chain: Chain) -> tuple[Layer, ...]:
    """Return the layers of one revision, in their order."""
    kept = chain.sticking
    ruled = RulesLayer(chain.rules, plan)
    otherwise = Otherwise(ruled, chain.defaults)
    pin = PinLayer(kept.pins, kept.living, otherwise, plan, kept.stickiness)
    semantic = SemanticLayer(chain.understanding)
    last = chain.arbitration
    arbiter = ArbiterLayer(last.arbiter, last.choice, last.categories, plan)
    similar = SemanticCacheLayer(chain.similarity)
    exact = () if chain.exact is None else (ExactCacheLayer(chain.exact),)
    default = DefaultLayer(chain.defaults)
    return (*exact, DirectLayer(), pin, similar, ruled, semantic, arbiter, default)


def routing(chain: Chain) -> Router:
    """Return the routing chain of one revision, behind its gate and its privacy rules."""
    return Router(layers(chain), plan, Guards(chain.rules))


def service_routing(defaults: ServiceDefaults, rules: Sequence[CompiledRule]) -> Router:
    """Return what is asked for calls that are no conversation, behind the same guards."""
    return Router((DirectLayer(), ServiceDefaultLayer(defaults)), plan, Guards(rules))
