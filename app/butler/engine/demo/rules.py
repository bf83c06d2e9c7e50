"""The starter rules over the demo's two models; they leave when a provider is configured."""

from collections.abc import Mapping

from butler.contract.tasks import Task
from butler.engine.call import Target
from butler.engine.providers.demo import CHEAP, NAME, STRONG
from butler.engine.routing.rules import RuleSpec

STRONG_TARGET = Target(NAME, STRONG)
CHEAP_TARGET = Target(NAME, CHEAP)


def _rule(id_: str, name: str, priority: int, tasks: list[Task], *targets: Target) -> RuleSpec:
    when = {"all": [{"kind": "task", "tasks": [task.value for task in tasks]}]}
    return RuleSpec(id_, name, priority, when, targets)


STARTER_CATEGORIES: Mapping[str, tuple[Target, ...]] = {
    **dict.fromkeys(
        ("cat_coding", "cat_debugging", "cat_maths", "cat_analysis"), (STRONG_TARGET, CHEAP_TARGET)
    ),
    **dict.fromkeys(
        ("cat_translation", "cat_summarising", "cat_creative", "cat_general", "cat_small_talk"),
        (CHEAP_TARGET, STRONG_TARGET),
    ),
}
"""Where the shipped categories lead, by their id, as long as their owner leads them nowhere."""

STARTER_RULES = (
    _rule(
        "demo-hard",
        "Code and maths to the strong model",
        900,
        [Task.CODING, Task.MATH],
        STRONG_TARGET,
        CHEAP_TARGET,
    ),
    _rule(
        "demo-light",
        "Chat and translation to the cheap model",
        500,
        [Task.CHAT, Task.TRANSLATION],
        CHEAP_TARGET,
        STRONG_TARGET,
    ),
)
