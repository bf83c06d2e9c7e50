"""Changes to the configuration: one transaction, verified by a new Runtime, then swapped in."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import get_args

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.contract.events import ResourceName
from butler.contract.problems import Problem
from butler.engine.admin.view import AdminRuntime
from butler.engine.errors import ConfigError
from butler.engine.store import history, meta
from butler.engine.store.changes import announce
from butler.engine.store.database import Database
from butler.engine.store.delta import changes_between
from butler.engine.store.history import HistoryLine
from butler.engine.store.snapshot import Snapshot, read_snapshot
from butler.engine.store.summary import summarize

_EVERY: tuple[ResourceName, ...] = get_args(ResourceName)


@dataclass(slots=True)
class Edit:
    """A change in the making: the open transaction, and the configuration before it.

    Ids in `must_be_sound` are those of records that may have no problem afterwards; others may
    (deleting a provider breaks its rules, and that is the owner's choice). `places` says where
    some of them stand in what was sent, so that their problems do. `summary` is found by
    comparing, where nobody says it.
    """

    connection: AsyncConnection
    before: Snapshot
    resources: list[ResourceName]
    must_be_sound: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A new revision is in force: what it is about, and what happened, in words."""

    revision: int
    resources: tuple[ResourceName, ...]
    summary: str


class Changes:
    """The one way in which configuration changes; `runtime` is the revision in force.

    `compile` builds a Runtime of a configuration; it raises ConfigError where it can not.
    """

    def __init__(
        self,
        database: Database,
        compile_: Callable[[Snapshot], AdminRuntime],
        runtime: AdminRuntime,
    ) -> None:
        self._database = database
        self.compile = compile_
        self._listeners: list[Callable[[Changed], None]] = []
        self._one_at_a_time = asyncio.Lock()
        self.runtime = runtime

    def listen(self, listener: Callable[[Changed], None]) -> None:
        """Call this after every change."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def edit(
        self, resource: ResourceName, expected: int | None = None
    ) -> AsyncIterator[Edit]:
        """Open a change; leaving the block verifies, notes, commits, swaps and tells.

        Raises StaleRevision when `expected` is not the revision in force, ConfigError when the
        new configuration is not sound where it must be. Nothing is stored then.
        """
        async with self._one_at_a_time:
            async with self._database.begin() as connection:
                # First of all: what is read now must still hold when it is written.
                await meta.lock_revision(connection)
                edit = Edit(connection, await read_snapshot(connection), [resource])
                unheard = await self._unheard(connection, edit.before.revision)
                yield edit
                await meta.bump_revision(connection, expected)
                runtime = await self._verified(edit)
                changed = await _note(edit, runtime)
                await announce(connection, changed.revision)
            self._put_in_force(runtime, *unheard, changed)

    @asynccontextmanager
    async def rehearse(self) -> AsyncIterator[Edit]:
        """Open a change that is verified like any other and then undone, whatever it was."""
        with suppress(_Undone):
            async with self._database.begin() as connection:
                edit = Edit(connection, await read_snapshot(connection), [])
                yield edit
                await self._verified(edit)
                raise _Undone

    async def catch_up(self) -> None:
        """Put in force what was stored past us: by another server, or all at once by a restore.

        Raises ConfigError when what was stored does not fit this version; StoreError.
        """
        # What we store ourselves is in force before another server's word of it can be heard.
        async with self._one_at_a_time, self._database.connect() as connection:
            unheard = await self._unheard(connection, await meta.revision(connection))
            if unheard:
                self._put_in_force(self.compile(await read_snapshot(connection)), *unheard)

    @asynccontextmanager
    async def aside(self, summary: str) -> AsyncIterator[None]:
        """Hold back changes while the block stores something past them, then put that in force."""
        async with self._one_at_a_time:
            yield
            async with self._database.connect() as connection:
                runtime = self.compile(await read_snapshot(connection))
            if runtime.revision > self.runtime.revision:
                self._put_in_force(runtime, Changed(runtime.revision, _EVERY, summary))

    async def _unheard(self, connection: AsyncConnection, revision: int) -> tuple[Changed, ...]:
        """Return what others have stored up to a revision, as one change, or nothing."""
        here = self.runtime.revision
        if revision <= here:
            return ()
        lines = await history.since(connection, here)
        told = {name for line in lines for name in line.resources}
        resources = tuple(name for name in _EVERY if name in told) or _EVERY
        summary = lines[-1].summary if lines else "changed elsewhere"
        return (Changed(revision, resources, summary),)

    async def _verified(self, edit: Edit) -> AdminRuntime:
        runtime = self.compile(await read_snapshot(edit.connection))
        _verify(edit, runtime)
        return runtime

    def _put_in_force(self, runtime: AdminRuntime, *told: Changed) -> None:
        self.runtime = runtime
        for changed in told:
            for listener in self._listeners:
                listener(changed)


async def _note(edit: Edit, runtime: AdminRuntime) -> Changed:
    """Write the change into the history; one that changed nothing is not worth a line."""
    found = changes_between(edit.before, runtime.snapshot)
    summary = edit.summary or summarize(edit.resources[0], found)
    if found:
        line = HistoryLine(runtime.revision, datetime.now(UTC), ",".join(edit.resources), summary)
        keep = runtime.settings.number("history.keep")
        await history.add(edit.connection, line, found, keep)
    return Changed(runtime.revision, tuple(edit.resources), summary)


class _Undone(Exception):
    """Rolls a rehearsal back."""


def _verify(edit: Edit, runtime: AdminRuntime) -> None:
    found = [
        placed(problem, edit.places.get(id_))
        for id_ in edit.must_be_sound
        for problem in runtime.problems.get(id_, ())
    ]
    if found:
        raise ConfigError(*found)


def placed(problem: Problem, place: str | None) -> Problem:
    """Return a problem of a part (`target`) as one of the whole (`rules.2.target`)."""
    if place is None:
        return problem
    parts = [place, *([problem.field] if problem.field else [])]
    return problem.model_copy(update={"field": ".".join(parts)})
