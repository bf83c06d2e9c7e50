"""The badges of a rule: that it binds, that it is broken, that others are in its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.contract.problems import ProblemCode
from butler.contract.resources import Rule
from butler.desktop.look import Look
from butler.desktop.widgets.badge import BadgeText

ODD = (
    ProblemCode.NEVER_HOLDS,
    ProblemCode.SHADOWED,
    ProblemCode.DUPLICATE,
    ProblemCode.OVERLAPS,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge and the reason for it."""

    badge: BadgeText
    reason: str


def marks_of(look: Look, rule: Rule, private: frozenset[str]) -> list[Mark]:
    """Return a rule's badges, the gravest first; `private` are kinds of conditions that bind."""
    texts, tokens = look.texts, look.tokens
    marks = []
    if rule.problems:
        reason = " ".join(f"{each.detail} {each.hint or ''}".strip() for each in rule.problems)
        marks.append(Mark(BadgeText(texts("rule.mark.broken"), tokens.bad), reason))
    for found in rule.findings:
        if found.code in ODD:
            badge = BadgeText(texts(f"rule.mark.{found.code}"), tokens.warn)
            marks.append(Mark(badge, f"{found.detail} {found.hint or ''}".strip()))
    if _binds(rule.when, private):
        marks.append(Mark(BadgeText(texts("rule.mark.binds"), tokens.good), texts("rule.binds")))
    if rule.built_in:
        marks.append(Mark(BadgeText(texts("rule.mark.built_in"), tokens.secondary), ""))
    return marks


def _binds(spec: Any, private: frozenset[str]) -> bool:
    """Say whether a rule may hold because of a condition that binds."""
    if not isinstance(spec, Mapping):
        return False
    if spec.get("kind") in private:
        return True
    return any(
        _binds(member, private) for group in ("all", "any") for member in (spec.get(group) or ())
    )
