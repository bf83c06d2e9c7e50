"""What the product is made of, each kind of thing in one ordered list."""

from collections.abc import Mapping

from butler.engine.call import Target
from butler.engine.dialects.base import Dialect
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.providers import demo, openai_compatible
from butler.engine.providers.base import ProviderKind
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
from butler.engine.routing.layer import Layer
from butler.engine.routing.layers.default import DefaultLayer
from butler.engine.routing.layers.direct import DirectLayer
from butler.engine.routing.layers.rules import RulesLayer
from butler.engine.routing.rules import CompiledRule

DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in (OpenAIChat(),)}

PROVIDER_KINDS: Mapping[str, ProviderKind] = {
    kind.id: kind for kind in (openai_compatible.KIND, demo.KIND)
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


def layers(rules: tuple[CompiledRule, ...], default: Target | None) -> tuple[Layer, ...]:
    """Return the routing chain of one revision, in its order."""
    return (DirectLayer(), RulesLayer(rules), DefaultLayer(default))
