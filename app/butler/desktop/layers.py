"""What the desktop knows about the engine's layers: their colour and their level."""

from butler.contract.resources import CallRow, TraceStep
from butler.contract.texts import Texts

LAYERS = (
    "exact_cache",
    "direct",
    "pin",
    "semantic_cache",
    "rules",
    "semantic",
    "arbiter",
    "default",
)
"""The layers in the order in which they are asked."""
LEVELS = {
    "exact_cache": "L0",
    "semantic_cache": "L0.5",
    "rules": "L1",
    "semantic": "L2",
    "arbiter": "L3",
}
"""The levels of the routing chain, for tooltips and the trace; other layers have none."""


def decided_by(call: CallRow, texts: Texts) -> str:
    """Return who decided, in a word or two: the rule's name, else the layer's."""
    if call.layer is None:
        return texts("decision.none")
    return call.rule_name or texts.named("layer", call.layer)


def reason(call: CallRow) -> str:
    """Return why, in the engine's words; the error where nothing was decided."""
    step = next((step for step in call.trace if step.outcome == "decided"), None)
    return step_reason(step) if step else call.error or ""


def step_reason(step: TraceStep) -> str:
    """Return a step's reason without the name of its rule, which always stands beside it."""
    return step.reason.removeprefix(f"{step.rule}: ") if step.rule else step.reason


def level_text(layer: str, texts: Texts) -> str:
    """Return a layer's name with its level, as in "Rule, L1"."""
    name = texts.named("layer", layer)
    level = LEVELS.get(layer)
    return f"{name}, {level}" if level else name
