"""`/api/v1/rules`: the owner's rules; a rule that would not work is refused with the reason."""

import dataclasses
from datetime import UTC, datetime

from aiohttp import web

from butler.contract.problems import ProblemCode, Problems
from butler.contract.resources import Rule, RuleIn, RulePatch
from butler.engine.admin.changes import Edit
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import (
    NotFound,
    ReadOnly,
    expected_revision,
    read,
    reply,
    reply_items,
)
from butler.engine.admin.routes import Items, Route
from butler.engine.admin.rule_findings import RuleFindings
from butler.engine.admin.rule_records import (
    built_in_row,
    find_rule,
    new_record,
    patched,
    rule_row,
)
from butler.engine.errors import ConfigError, problem
from butler.engine.store import rules
from butler.engine.store.ids import new_id
from butler.engine.store.rules import RuleRecord
from butler.engine.store.snapshot import Snapshot

_DECIDES_NOTHING = frozenset({"enabled", "name", "description", "priority"})
"""What may change in a broken rule: switching it off must be possible."""
_LONGEST_NAME = 80


class RulesResource:
    """Rules, one by one."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._findings = RuleFindings()

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = "rules/{id}"
        return [
            Route("GET", "rules", self._list, "The rules as they are tried.", Items(Rule)),
            Route("POST", "rules", self._add, "Add one.", Rule, RuleIn, status=201, changes=True),
            Route("POST", "rules:check", self._check, "What is wrong with it?", Problems, RuleIn),
            Route("GET", one, self._get, "One rule.", Rule),
            Route("PATCH", one, self._change, "Change it.", Rule, RulePatch, changes=True),
            Route("DELETE", one, self._delete, "Delete it.", Rule, changes=True),
            Route(
                "POST",
                one + ":check",
                self._check_change,
                "What would be wrong with it after this change?",
                Problems,
                RulePatch,
                refusals=(409,),
            ),
            Route(
                "POST",
                one + ":duplicate",
                self._duplicate,
                "Put a copy of it behind it, switched off.",
                Rule,
                status=201,
                changes=True,
            ),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        stored = [self._row(record) for record in runtime.snapshot.rules]
        return reply_items([*stored, *self._built_in()], runtime.revision)

    async def _get(self, request: web.Request) -> web.Response:
        return self._answer(request.match_info["id"])

    async def _add(self, request: web.Request) -> web.Response:
        wanted = await read(request, RuleIn)
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            id_ = await _added(edit, wanted)
        return self._answer(id_, 201)

    async def _check(self, request: web.Request) -> web.Response:
        """Say what would be wrong with a rule: the whole way of adding it, then undone."""
        found = Problems(problems=[])
        try:
            wanted = await read(request, RuleIn)
            async with self._control.changes.rehearse() as edit:
                await _added(edit, wanted)
        except ConfigError as error:
            found = Problems(problems=list(error.problems))
        return reply(found, self._control.changes.runtime.revision)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, RulePatch)
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            await _changed(edit, record, patch)
        return self._answer(record.id)

    async def _check_change(self, request: web.Request) -> web.Response:
        """Say what would be wrong with a rule after a change; an unknown rule is a refusal."""
        found = Problems(problems=[])
        record = self._find(self._control.changes.runtime.snapshot, request.match_info["id"])
        try:
            patch = await read(request, RulePatch)
            async with self._control.changes.rehearse() as edit:
                await _changed(edit, record, patch)
        except ConfigError as error:
            found = Problems(problems=list(error.problems))
        return reply(found, self._control.changes.runtime.revision)

    async def _delete(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            row = self._row(record)
            await rules.delete(edit.connection, record.id)
        return reply(row, self._control.changes.runtime.revision)

    async def _duplicate(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            copy = _copy(record, {rule.name for rule in edit.before.rules})
            await rules.add(edit.connection, copy)
        return self._answer(copy.id, 201)

    def _find(self, snapshot: Snapshot, name: str) -> RuleRecord:
        try:
            return find_rule(snapshot, name)
        except NotFound:
            if not any(name in (rule.id, rule.name) for rule in self._built_in()):
                raise
        raise ReadOnly(
            problem(
                ProblemCode.READ_ONLY,
                "The demo's starter rules are built in.",
                "They leave by themselves when you add a provider.",
            )
        )

    def _answer(self, name: str, status: int = 200) -> web.Response:
        runtime = self._control.changes.runtime
        for rule in self._built_in():
            if name in (rule.id, rule.name):
                return reply(rule, runtime.revision, status)
        return reply(self._row(self._find(runtime.snapshot, name)), runtime.revision, status)

    def _row(self, record: RuleRecord) -> Rule:
        runtime = self._control.changes.runtime
        odd = self._findings.of(runtime, record.id)
        return rule_row(record, runtime.problems.get(record.id, ()), odd)

    def _built_in(self) -> list[Rule]:
        if not self._control.changes.runtime.demo:
            return []
        return [built_in_row(spec) for spec in self._control.starter_rules]


async def _added(edit: Edit, wanted: RuleIn) -> str:
    record = new_record(wanted, edit.before)
    await rules.add(edit.connection, record)
    edit.must_be_sound.append(record.id)
    return record.id


async def _changed(edit: Edit, record: RuleRecord, patch: RulePatch) -> None:
    await rules.update(edit.connection, patched(record, patch, edit.before))
    if patch.model_fields_set - _DECIDES_NOTHING:
        edit.must_be_sound.append(record.id)


def _copy(record: RuleRecord, taken: set[str]) -> RuleRecord:
    """Return a copy under a name that is free; ids grow, so it is tried right after the others."""
    endings = (" (copy)" if number == 1 else f" (copy {number})" for number in range(1, 10_000))
    names = (record.name[: _LONGEST_NAME - len(ending)] + ending for ending in endings)
    now = datetime.now(UTC)
    return dataclasses.replace(
        record,
        id=new_id("rule"),
        name=next(name for name in names if name not in taken),
        enabled=False,
        created_at=now,
        updated_at=now,
    )
