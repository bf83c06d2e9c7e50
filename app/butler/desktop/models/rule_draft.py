"""A rule while it is edited: what the API takes, and whether it differs from what is stored."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue

from butler.contract.resources import CallRow, Rule
from butler.contract.texts import Texts

Body = dict[str, JsonValue]
FIELDS = (
    "name",
    "description",
    "priority",
    "enabled",
    "when",
    "target",
    "fallbacks",
    "thinking",
    "cap_price",
)
_USUAL: dict[str, Any] = {
    "name": "",
    "description": "",
    "priority": 500,
    "enabled": True,
    "when": {"all": [{"kind": "task", "tasks": ["coding"]}]},
    "target": "",
    "fallbacks": [],
    "thinking": None,
    "cap_price": False,
}


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """`id` is that of the stored rule, None for a new one."""

    body: Body = field(default_factory=lambda: dict(_USUAL))
    id: str | None = None

    @classmethod
    def of(cls, rule: Rule) -> "RuleDraft":
        """Return a stored rule as a draft that differs in nothing."""
        return cls(written(rule), rule.id)


def written(rule: Rule) -> Body:
    """Return of a rule what its owner has written."""
    body: Body = rule.model_dump(mode="json", include=set(FIELDS))
    return body


def rule_like(texts: Texts, call: CallRow) -> Body:
    """Return a rule that would hold for calls like this one, and send them where it went."""
    conditions: list[JsonValue] = []
    if call.task is not None:
        conditions.append({"kind": "task", "tasks": [call.task]})
    if call.client is not None:
        conditions.append({"kind": "client", "clients": [call.client]})
    if not conditions:
        conditions.append({"kind": "tokens", "max": max(call.input_tokens or 0, 1)})
    what = texts.named("task", call.task) if call.task else call.client or ""
    return {
        "name": texts("rule.like", what=what).strip(),
        "when": {"all": conditions},
        "target": call.target or "",
    }
