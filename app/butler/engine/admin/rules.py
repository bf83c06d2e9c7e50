"""`/api/v1/rules`: the owner's rules; a rule that would not work is refused with the reason."""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from butler.contract.problems import ProblemCode, Problems
from butler.contract.resources import Rule, RuleIn, RulePatch, Thinking
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import (
    ReadOnly,
    expected_revision,
    nothing_called,
    read,
    reply,
    reply_items,
)
from butler.engine.admin.routes import Items, Route
from butler.engine.errors import ConfigError, problem
from butler.engine.store import rules
from butler.engine.store.ids import new_id
from butler.engine.store.rules import RuleRecord, RuleTarget
from butler.engine.store.snapshot import Snapshot


class RulesResource:
    """Rules."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "rules", self._list, "The rules as they are tried.", Items(Rule)),
            Route(
                "POST", "rules", self._add, "Add a rule.", Rule, RuleIn, status=201, changes=True
            ),
            Route("POST", "rules:check", self._check, "What is wrong with it?", Problems, RuleIn),
            Route("GET", "rules/{id}", self._get, "One rule.", Rule),
            Route("PATCH", "rules/{id}", self._change, "Change it.", Rule, RulePatch, changes=True),
            Route("DELETE", "rules/{id}", self._delete, "Delete it.", Rule, changes=True),
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
            record = _record(wanted, edit.before)
            await rules.add(edit.connection, record)
            edit.must_be_sound.append(record.id)
        return self._answer(record.id, 201)

    async def _check(self, request: web.Request) -> web.Response:
        """Say what would be wrong with a rule: the whole way of adding it, then undone."""
        found = Problems(problems=[])
        try:
            wanted = await read(request, RuleIn)
            async with self._control.changes.rehearse() as edit:
                record = _record(wanted, edit.before)
                await rules.add(edit.connection, record)
                edit.must_be_sound.append(record.id)
        except ConfigError as error:
            found = Problems(problems=list(error.problems))
        return reply(found, self._control.changes.runtime.revision)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, RulePatch)
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            await rules.update(edit.connection, _patched(record, patch, edit.before))
            # Switching a broken rule off must be possible.
            if patch.model_fields_set - {"enabled", "name", "description", "priority"}:
                edit.must_be_sound.append(record.id)
        return self._answer(record.id)

    async def _delete(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("rules", expected_revision(request)) as edit:
            record = self._find(edit.before, request.match_info["id"])
            await rules.delete(edit.connection, record.id)
        return reply(self._row(record), self._control.changes.runtime.revision)

    def _find(self, snapshot: Snapshot, name: str) -> RuleRecord:
        found = [rule for rule in snapshot.rules if name in (rule.id, rule.name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise ConfigError(
                problem(ProblemCode.CONFLICT, f"Several rules are called {name!r}.", "Use an id.")
            )
        if any(name in (rule.id, rule.name) for rule in self._built_in()):
            raise ReadOnly(
                problem(
                    ProblemCode.READ_ONLY,
                    "The demo's starter rules are built in.",
                    "They leave by themselves when you add a provider.",
                )
            )
        raise nothing_called("rule", name)

    def _answer(self, name: str, status: int = 200) -> web.Response:
        runtime = self._control.changes.runtime
        for rule in self._built_in():
            if name in (rule.id, rule.name):
                return reply(rule, runtime.revision, status)
        return reply(self._row(self._find(runtime.snapshot, name)), runtime.revision, status)

    def _row(self, record: RuleRecord) -> Rule:
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
            problems=list(self._control.changes.runtime.problems.get(record.id, ())),
        )

    def _built_in(self) -> list[Rule]:
        if not self._control.changes.runtime.demo:
            return []
        return [
            Rule(
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
            for spec in self._control.starter_rules
        ]


def _record(wanted: RuleIn, snapshot: Snapshot) -> RuleRecord:
    now = datetime.now(UTC)
    return RuleRecord(
        id=new_id("rule"),
        name=wanted.name,
        description=wanted.description,
        priority=wanted.priority,
        enabled=wanted.enabled,
        conditions=wanted.when,
        targets=_targets([wanted.target, *wanted.fallbacks], snapshot),
        created_at=now,
        updated_at=now,
        thinking=wanted.thinking.model_dump() if wanted.thinking else None,
        cap_price=wanted.cap_price,
    )


def _patched(record: RuleRecord, patch: RulePatch, snapshot: Snapshot) -> RuleRecord:
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


def _thinking(record: RuleRecord) -> Thinking | None:
    given = record.thinking
    return None if given is None else Thinking.model_validate(given, strict=False)


def _patched_thinking(record: RuleRecord, patch: RulePatch) -> Mapping[str, Any] | None:
    """Return the thinking to store; null in a patch leaves it to the request again."""
    if "thinking" not in patch.model_fields_set:
        return record.thinking
    return patch.thinking.model_dump() if patch.thinking else None


def _targets(labels: list[str], snapshot: Snapshot) -> tuple[RuleTarget, ...]:
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
    return tuple(RuleTarget(ids.get(label), label) for label in labels)
