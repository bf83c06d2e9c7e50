"""A rule, compiled once per revision: when it holds, which targets it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.call import Call, Target, Thinking
from butler.engine.routing.conditions.base import Condition, Match
from butler.engine.routing.groups import GroupReader


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule as it is written: the targets in order, the first and its fallbacks.

    `missing` are the names among them that lead to no enabled model.
    """

    id: str
    name: str
    priority: int
    when: Mapping[str, Any]
    targets: tuple[Target, ...]
    thinking: Thinking | None = None
    cap_price: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to be asked; a `private` one may bind a call to its targets."""

    id: str
    name: str
    priority: int
    condition: Condition
    targets: tuple[Target, ...]
    thinking: Thinking | None = None
    cap_price: bool = False
    missing: tuple[str, ...] = ()
    private: bool = False

    def match(self, call: Call) -> Match | None:
        """Say whether the rule holds for this call."""
        return self.condition.match(call)


def compile_rule(spec: RuleSpec, reader: GroupReader) -> CompiledRule:
    """Compile one rule; raises ConfigError naming the place in `when` that does not fit."""
    return CompiledRule(
        id=spec.id,
        name=spec.name,
        priority=spec.priority,
        condition=reader.about(spec.targets[0] if spec.targets else None).read(spec.when),
        targets=spec.targets,
        thinking=spec.thinking,
        cap_price=spec.cap_price,
        missing=spec.missing,
        private=reader.is_private(spec.when),
    )


def in_order(rules: list[CompiledRule]) -> tuple[CompiledRule, ...]:
    """Return the rules as they are tried: highest priority first, then oldest."""
    return tuple(sorted(rules, key=lambda rule: (-rule.priority, rule.id)))
