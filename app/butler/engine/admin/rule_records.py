"""Rules between their two shapes: as they travel and as they are stored."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from butler.contract.problems import Problem, ProblemCode
from butler.contract.resources import Rule, RuleIn, RulePatch, Thinking
from butler.engine.admin.exchange import nothing_called
from butler.engine.errors import ConfigError, problem
from butler.engine.routing.rules import RuleSpec
from butler.engine.store.ids import new_id
from butler.engine.store.rules import RuleRecord
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget


def find_rule(snapshot: Snapshot, name: str) -> RuleRecord:
    """Return the rule of this id, else of this name; raises NotFound, or ConfigError of many."""
    found = [rule for rule in snapshot.rules if rule.id == name]
    found = found or [rule for rule in snapshot.rules if rule.name == name]
    if len(found) > 1:
        raise ConfigError(
            problem(ProblemCode.CONFLICT, f"Several rules are called {name!r}.", "Use an id.")
        )
    if not found:
        raise nothing_called("rule", name)
    return found[0]


def new_record(wanted: RuleIn, snapshot: Snapshot) -> RuleRecord:
    """Return a rule to store, with an id of its own."""
    now = datetime.now(UTC)
    record = RuleRecord(
        id=new_id("rule"),
        name=wanted.name,
        description=wanted.description,
        priority=wanted.priority,
        enabled=wanted.enabled,
        conditions=wanted.when,
        targets=(),
        created_at=now,
        updated_at=now,
    )
    return rewritten(record, wanted, snapshot)


def rewritten(record: RuleRecord, wanted: RuleIn, snapshot: Snapshot) -> RuleRecord:
    """Return a stored rule as `wanted` has it; only its id and age stay."""
    return dataclasses.replace(
        record,
        name=wanted.name,
        description=wanted.description,
        priority=wanted.priority,
        enabled=wanted.enabled,
        conditions=wanted.when,
        targets=_targets([wanted.target, *wanted.fallbacks], snapshot),
        updated_at=datetime.now(UTC),
        thinking=wanted.thinking.model_dump() if wanted.thinking else None,
        cap_price=wanted.cap_price,
    )


def patched(record: RuleRecord, patch: RulePatch, snapshot: Snapshot) -> RuleRecord:
    """Return a stored rule with what the patch names changed."""
    labels = [target.label for target in record.targets]
    target = patch.target or labels[0]
    fallbacks = labels[1:] if patch.fallbacks is None else patch.fallbacks
    retargeted = patch.target is not None or patch.fallbacks is not None
    return dataclasses.replace(
        record,
        name=patch.name or record.name,
        description=record.description if patch.description is None else patch.description,
        priority=record.priority if patch.priority is None else patch.priority,
        enabled=record.enabled if patch.enabled is None else patch.enabled,
        conditions=record.conditions if patch.when is None else patch.when,
        targets=_targets([target, *fallbacks], snapshot) if retargeted else record.targets,
        updated_at=datetime.now(UTC),
        thinking=_patched_thinking(record, patch),
        cap_price=record.cap_price if patch.cap_price is None else patch.cap_price,
    )


def same_decision(one: RuleRecord, other: RuleRecord) -> bool:
    """Say whether two records decide alike: conditions, targets, thinking, whether they count."""
    return (
        one.conditions == other.conditions
        and one.targets == other.targets
        and one.thinking == other.thinking
        and one.cap_price == other.cap_price
        and one.enabled == other.enabled
    )


def rule_row(
    record: RuleRecord, problems: Iterable[Problem], findings: Iterable[Problem] = ()
) -> Rule:
    """Return a stored rule as it travels."""
    labels = [target.label for target in record.targets]
    return Rule(
        id=record.id,
        name=record.name,
        description=record.description,
        priority=record.priority,
        enabled=record.enabled,
        when=dict(record.conditions),
        target=labels[0],
        fallbacks=labels[1:],
        thinking=_thinking(record),
        cap_price=record.cap_price,
        built_in=False,
        problems=list(problems),
        findings=list(findings),
    )


def built_in_row(spec: RuleSpec) -> Rule:
    """Return a starter rule of the demo as it travels."""
    return Rule(
        id=spec.id,
        name=spec.name,
        description="",
        priority=spec.priority,
        enabled=True,
        when=dict(spec.when),
        target=str(spec.targets[0]),
        fallbacks=[str(target) for target in spec.targets[1:]],
        built_in=True,
        problems=[],
    )


def _thinking(record: RuleRecord) -> Thinking | None:
    given = record.thinking
    return None if given is None else Thinking.model_validate(given, strict=False)


def _patched_thinking(record: RuleRecord, patch: RulePatch) -> Mapping[str, Any] | None:
    """Return the thinking to store; null in a patch leaves it to the request again."""
    if "thinking" not in patch.model_fields_set:
        return record.thinking
    return patch.thinking.model_dump() if patch.thinking else None


def _targets(labels: list[str], snapshot: Snapshot) -> tuple[StoredTarget, ...]:
    """Tie labels to stored models, so that a rename keeps the rule; ConfigError on doubles."""
    if len(set(labels)) < len(labels):
        raise ConfigError(
            problem(
                ProblemCode.INVALID,
                "The rule names a target twice.",
                "A fallback must differ from the target and from the other fallbacks.",
                "fallbacks",
            )
        )
    names = {provider.id: provider.name for provider in snapshot.providers}
    ids = {f"{names[model.provider_id]}/{model.name}": model.id for model in snapshot.models}
    return tuple(StoredTarget(ids.get(label), label) for label in labels)
