"""Drafts of the configuration, compiled beside the one in force; nothing is stored."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from butler.contract.problems import ProblemCode
from butler.contract.replay import EffectIn, ReplayIn
from butler.contract.resources import Prices
from butler.contract.rule_sets import RuleSetItem
from butler.engine.admin.changes import Changes, placed
from butler.engine.admin.model_records import labels_of
from butler.engine.admin.rule_records import find_rule, new_record, rewritten
from butler.engine.admin.rule_sets import matched_rules
from butler.engine.admin.settings import known_settings
from butler.engine.admin.view import AdminRuntime
from butler.engine.errors import ConfigError, problem
from butler.engine.setting_table import BY_KEY
from butler.engine.settings import check
from butler.engine.store.models import ModelRecord
from butler.engine.store.rules import RuleRecord
from butler.engine.store.snapshot import Snapshot

_DEFAULT = "routing.default_target"
_NOWHERE: Mapping[str, str] = MappingProxyType({})


def with_rule(changes: Changes, wanted: EffectIn) -> tuple[AdminRuntime, str]:
    """Return the configuration with one rule, switched on, added or exchanged, and the rule's id.

    Raises NotFound where there is none to exchange, ConfigError where it could not be stored.
    """
    before = changes.runtime.snapshot
    stored = find_rule(before, wanted.id) if wanted.id is not None else None
    record = (
        new_record(wanted.rule, before)
        if stored is None
        else rewritten(stored, wanted.rule, before)
    )
    record = dataclasses.replace(record, enabled=True)
    others = [rule for rule in before.rules if rule.id != record.id]
    runtime = changes.compile(dataclasses.replace(before, rules=(*others, record)))
    _must_be_sound(runtime, [record.id])
    return runtime, record.id


def drafted(changes: Changes, wanted: ReplayIn) -> AdminRuntime:
    """Return the configuration with a draft on top; raises ConfigError where it is not sound."""
    before = changes.runtime.snapshot
    sound: list[str] = []
    places: dict[str, str] = {}
    rules = before.rules
    if wanted.rules is not None:
        rules = _rules(before, wanted.rules)
        sound += [rule.id for rule in rules if rule not in before.rules]
        places = {rule.id: f"rules.{place}" for place, rule in enumerate(rules)}
    settings = dict(before.settings)
    for key, value in known_settings(wanted.settings).items():
        settings[key] = check(BY_KEY[key], value)
        sound.append(key)
    if wanted.default_target is not None:
        settings[_DEFAULT] = wanted.default_target
        sound.append(_DEFAULT)
    draft = dataclasses.replace(
        before,
        rules=rules,
        settings=settings,
        models=tuple(_priced(before, wanted.prices)),
    )
    runtime = changes.compile(draft)
    _must_be_sound(runtime, sound, places)
    return runtime


def _rules(before: Snapshot, wanted: Sequence[RuleSetItem]) -> tuple[RuleRecord, ...]:
    known = matched_rules(before, wanted)
    return tuple(
        rewritten(known[place], item, before) if place in known else new_record(item, before)
        for place, item in enumerate(wanted)
    )


def _priced(before: Snapshot, prices: Mapping[str, Prices]) -> Iterable[ModelRecord]:
    labels = labels_of(before)
    unknown = [label for label in prices if label not in labels]
    if unknown:
        detail = f"There is no model {unknown[0]!r}."
        raise ConfigError(problem(ProblemCode.UNKNOWN_TARGET, detail, field="prices"))
    names = {model.id: label for label, model in labels.items()}
    for model in before.models:
        given = prices.get(names[model.id])
        if given is None:
            yield model
            continue
        details: dict[str, Any] = dict(model.details)
        details["prices"] = given.model_dump(mode="json", exclude_none=True)
        yield dataclasses.replace(model, details=details)


def _must_be_sound(
    runtime: AdminRuntime, ids: Iterable[str], places: Mapping[str, str] = _NOWHERE
) -> None:
    """Raise ConfigError where records of these ids have problems, told at their places."""
    found = [
        placed(each, places[id_]) if id_ in places else each
        for id_ in ids
        for each in runtime.problems.get(id_, ())
    ]
    if found:
        raise ConfigError(*found)
