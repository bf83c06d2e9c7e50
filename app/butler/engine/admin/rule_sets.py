"""Many rules at once: their order, one thing done with all of them, the whole set exchanged."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from aiohttp import web

from butler.contract.drafts import ApplyIn
from butler.contract.problems import ProblemCode, Problems
from butler.contract.resources import Rule
from butler.contract.rule_sets import RuleBulk, RuleOrder, RuleSetIn, RuleSetItem
from butler.engine.admin.changes import Edit, placed
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import expected_revision, read, reply, reply_items
from butler.engine.admin.ordering import priorities_for
from butler.engine.admin.routes import Items, Route
from butler.engine.admin.rule_findings import RuleFindings
from butler.engine.admin.rule_records import (
    find_rule,
    new_record,
    rewritten,
    rule_row,
    same_decision,
)
from butler.engine.errors import ConfigError, problem
from butler.engine.store import rules, settings
from butler.engine.store.rules import RuleRecord
from butler.engine.store.snapshot import Snapshot

_DEFAULT = "routing.default_target"
_WRITTEN = set(RuleSetItem.model_fields)


class RuleSetsResource:
    """Rules, many at once."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._findings = RuleFindings()

    def routes(self) -> list[Route]:
        """Return the routes."""
        changing = partial(Route, answer=Items(Rule), changes=True)
        return [
            changing("PUT", "rules", self._replace, "Exchange the whole set.", body=RuleSetIn),
            changing(
                "POST",
                "rules:reorder",
                self._reorder,
                "Try them in this order.",
                body=RuleOrder,
                refusals=(404,),
            ),
            changing(
                "POST",
                "rules:bulk",
                self._bulk,
                "Do one thing with many.",
                body=RuleBulk,
                refusals=(404,),
            ),
            changing(
                "POST",
                "rules:apply",
                self._apply,
                "Store proposed rules, and the default target with them.",
                body=ApplyIn,
            ),
            Route(
                "POST",
                "rules:check-set",
                self._check,
                "What would be wrong with this set?",
                Problems,
                RuleSetIn,
            ),
        ]

    async def _replace(self, request: web.Request) -> web.Response:
        wanted = await read(request, RuleSetIn)
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            await replace_rules(edit, wanted.rules)
        return self._every()

    async def _apply(self, request: web.Request) -> web.Response:
        wanted = await read(request, ApplyIn)
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            await apply_rules(edit, wanted)
        return self._every()

    async def _check(self, request: web.Request) -> web.Response:
        """Say what would be wrong with a set: the whole way of storing it, then undone."""
        found = Problems(problems=[])
        try:
            wanted = await read(request, RuleSetIn)
            async with self._control.changes.rehearse() as edit:
                await replace_rules(edit, wanted.rules)
        except ConfigError as error:
            found = Problems(problems=list(error.problems))
        return reply(found, self._control.changes.runtime.revision)

    async def _reorder(self, request: web.Request) -> web.Response:
        wanted = await read(request, RuleOrder)
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            named = _named(edit.before, wanted.ids)
            ids = {record.id for record in named}
            places = iter(named)
            order = [next(places) if rule.id in ids else rule for rule in edit.before.rules]
            await _store_order(edit, order)
        return self._every()

    async def _bulk(self, request: web.Request) -> web.Response:
        wanted = await read(request, RuleBulk)
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            named = _named(edit.before, wanted.ids)
            match wanted.action:
                case "delete":
                    for record in named:
                        await rules.delete(edit.connection, record.id)
                case "move":
                    await _store_order(edit, _moved(edit.before, named, wanted.before))
                case _:
                    await _switch(edit, named, on=wanted.action == "enable")
        return self._every()

    def _every(self) -> web.Response:
        runtime = self._control.changes.runtime
        rows = [
            rule_row(
                record,
                runtime.problems.get(record.id, ()),
                self._findings.of(runtime, record.id),
            )
            for record in runtime.snapshot.rules
        ]
        return reply_items(rows, runtime.revision)


async def replace_rules(
    edit: Edit, wanted: Sequence[RuleSetItem], *, lenient: bool = False, unsent: int = 0
) -> None:
    """Make the stored rules what is wanted; what decides differently from before must be sound.

    `lenient` lets rules in that name a model which is not there, as those of a deleted one do.
    The first `unsent` rules were not in what was sent, whose places are told in problems.
    """
    known = matched_rules(edit.before, wanted)
    for record in edit.before.rules:
        if record.id not in {found.id for found in known.values()}:
            await rules.delete(edit.connection, record.id)
    for place, item in enumerate(wanted):
        before, where = known.get(place), f"rules.{place - unsent}"
        record = _record_of(item, before, edit.before, where)
        if before is None:
            await rules.add(edit.connection, record)
        # A rule that stays as it is keeps its age: what it said of past calls still counts.
        elif dataclasses.replace(record, updated_at=before.updated_at) != before:
            await rules.update(edit.connection, record)
        if place >= unsent:
            edit.places[record.id] = where
        if not lenient and (before is None or not same_decision(before, record)):
            edit.must_be_sound.append(record.id)


def _record_of(
    item: RuleSetItem, before: RuleRecord | None, snapshot: Snapshot, where: str
) -> RuleRecord:
    try:
        return rewritten(before, item, snapshot) if before else new_record(item, snapshot)
    except ConfigError as error:
        raise ConfigError(*(placed(each, where) for each in error.problems)) from None


async def apply_rules(edit: Edit, wanted: ApplyIn) -> None:
    """Store proposed rules; with `keep`, those that stay are the ones that none is named like."""
    names = {rule.name for rule in wanted.rules}
    if wanted.keep:
        for name in names:
            # Which of several is meant by a name nobody can tell.
            if any(record.name == name for record in edit.before.rules):
                find_rule(edit.before, name)
    staying = [
        RuleSetItem.model_validate(rule_row(record, ()).model_dump(include=_WRITTEN), strict=False)
        for record in edit.before.rules
        if wanted.keep and record.name not in names
    ]
    proposed = [RuleSetItem.model_validate(rule.model_dump()) for rule in wanted.rules]
    await replace_rules(edit, [*staying, *proposed], unsent=len(staying))
    if wanted.default_target is not None:
        edit.resources.append("settings")
        await settings.put(edit.connection, _DEFAULT, wanted.default_target)
        edit.must_be_sound.append(_DEFAULT)


def matched_rules(snapshot: Snapshot, wanted: Sequence[RuleSetItem]) -> Mapping[int, RuleRecord]:
    """Return, by its place in the set, the stored rule that each is: of its id, else its name."""
    by_id = {record.id: record for record in snapshot.rules}
    found = {place: by_id[item.id] for place, item in enumerate(wanted) if item.id in by_id}
    ids = [record.id for record in found.values()]
    _refuse_doubles(ids, ids, "rules")
    names = [record.name for record in snapshot.rules]
    by_name = {
        record.name: record
        for record in snapshot.rules
        if names.count(record.name) == 1 and record.id not in ids
    }
    for place, item in enumerate(wanted):
        if place not in found and item.name in by_name:
            found[place] = by_name.pop(item.name)
    return found


def _named(snapshot: Snapshot, names: Sequence[str]) -> list[RuleRecord]:
    """Return the rules that are named, each once; raises ConfigError."""
    named = [find_rule(snapshot, name) for name in names]
    _refuse_doubles(names, [record.id for record in named], "ids")
    return named


def _refuse_doubles(names: Sequence[str], ids: Sequence[str], field: str) -> None:
    for name, id_ in zip(names, ids, strict=True):
        if ids.count(id_) > 1:
            raise ConfigError(
                problem(ProblemCode.INVALID, f"The rule {name!r} is named twice.", field=field)
            )


def _moved(snapshot: Snapshot, named: Sequence[RuleRecord], before: str | None) -> list[RuleRecord]:
    ids = {record.id for record in named}
    rest = [record for record in snapshot.rules if record.id not in ids]
    if before is None:
        return [*rest, *named]
    fixed = find_rule(snapshot, before)
    if fixed.id in ids:
        raise ConfigError(
            problem(ProblemCode.INVALID, "A rule can not move before itself.", field="before")
        )
    place = rest.index(fixed)
    return [*rest[:place], *named, *rest[place:]]


async def _store_order(edit: Edit, order: Sequence[RuleRecord]) -> None:
    priorities = priorities_for([(record.id, record.priority) for record in order])
    for record in order:
        if priorities[record.id] != record.priority:
            changed = dataclasses.replace(
                record, priority=priorities[record.id], updated_at=datetime.now(UTC)
            )
            await rules.update(edit.connection, changed)


async def _switch(edit: Edit, named: Sequence[RuleRecord], *, on: bool) -> None:
    for record in named:
        if record.enabled is on:
            continue
        changed = dataclasses.replace(record, enabled=on, updated_at=datetime.now(UTC))
        await rules.update(edit.connection, changed)
