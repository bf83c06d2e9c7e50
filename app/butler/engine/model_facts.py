"""What is known of each model of a revision: what its owner says, else what its name tells."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from butler.contract import resources
from butler.engine.builtin import PROVIDER_KINDS
from butler.engine.call import (
    NO_FACTS,
    Makes,
    ModelFacts,
    Price,
    Target,
    Thinking,
    ThinkingMode,
)
from butler.engine.demo.rules import CHEAP_TARGET, STRONG_TARGET
from butler.engine.ledger.catalogue import list_price
from butler.engine.providers.base import Provider
from butler.engine.providers.families import family_of
from butler.engine.providers.locality import is_local
from butler.engine.routing.names import KnownModel
from butler.engine.store.models import ModelRecord
from butler.engine.store.providers import ProviderRecord
from butler.engine.store.snapshot import Snapshot

_FREE = Price("local", *[Decimal(0)] * 5)


def demo_facts() -> Mapping[Target, ModelFacts]:
    """Return what is known of the demo's models."""
    return {target: ModelFacts(local=True, price=_FREE) for target in (CHEAP_TARGET, STRONG_TARGET)}


def facts_of(snapshot: Snapshot, providers: Mapping[str, Provider]) -> Mapping[Target, ModelFacts]:
    """Return what is known of every model of the enabled providers."""
    return {
        Target(record.name, model.name): _facts_of(model, record)
        for record in snapshot.providers
        if record.name in providers
        for model in snapshot.models
        if model.provider_id == record.id
    }


def _facts_of(model: ModelRecord, provider: ProviderRecord) -> ModelFacts:
    details = resources.ModelDetails.model_validate(model.details, strict=False)
    local = is_local(provider.base_url, provider.options)
    said = details.makes or family_of(model.name).makes
    guessed = set(details.guessed) | (set() if details.makes else {"makes"})
    return ModelFacts(
        context_tokens=details.context_tokens,
        output_tokens=details.output_tokens,
        modalities=None if details.modalities is None else frozenset(details.modalities),
        makes=_made(said, PROVIDER_KINDS[provider.kind].makes),
        tools=details.tools,
        json_mode=details.json_mode,
        thinking=details.thinking,
        price=_own_price(details.prices) or _usual_price(provider.base_url, model.name, local),
        local=local,
        parameters=details.parameters,
        default_thinking=thinking_of(details.default_thinking),
        guessed=frozenset(guessed),
    )


def _made(said: Iterable[str] | None, able: frozenset[Makes]) -> frozenset[Makes] | None:
    """Return what a model makes: what is said of it, as far as its kind of provider can ask it."""
    if said is not None:
        return frozenset(map(Makes, said)) & able
    return None if able.issuperset(Makes) else able


def makers(
    models: Iterable[KnownModel], facts: Mapping[Target, ModelFacts]
) -> Mapping[Makes, tuple[Target, ...]]:
    """Return the enabled models that are known to make each thing, in the owner's order."""
    known = [(model.target, facts.get(model.target, NO_FACTS).makes or ()) for model in models]
    return {made: tuple(target for target, able in known if made in able) for made in Makes}


def _own_price(prices: resources.Prices | None) -> Price | None:
    said = {} if prices is None else prices.model_dump(exclude_none=True)
    return Price(source="owner", **said) if said else None


def _usual_price(base_url: str, model: str, local: bool) -> Price | None:
    """Return what a model costs where its owner has not said: nothing here, else as published."""
    if local:
        return _FREE
    return list_price(base_url, model, datetime.now(UTC))


def thinking_of(given: resources.Thinking | None) -> Thinking | None:
    """Return how to think, as the engine takes it."""
    return None if given is None else Thinking(ThinkingMode(given.mode), given.budget_tokens)
