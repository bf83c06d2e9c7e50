"""Changes to the configuration: one transaction, verified by a new Runtime, then swapped in."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.contract.events import ResourceName
from butler.engine.admin.view import AdminRuntime
from butler.engine.errors import ConfigError
from butler.engine.store import meta
from butler.engine.store.database import Database
from butler.engine.store.snapshot import Snapshot, read_snapshot


@dataclass(slots=True)
class Edit:
    """A change in the making: the open transaction, and the configuration before it.

    Ids in `must_be_sound` are those of records that may have no problem afterwards; others may
    (deleting a provider breaks its rules, and that is the owner's choice).
    """

    connection: AsyncConnection
    before: Snapshot
    must_be_sound: list[str] = field(default_factory=list)


class Changes:
    """The one way in which configuration changes; `runtime` is the revision in force."""

    def __init__(
        self,
        database: Database,
        compile_: Callable[[Snapshot], AdminRuntime],
        runtime: AdminRuntime,
    ) -> None:
        self._database = database
        self._compile = compile_
        self._listeners: list[Callable[[ResourceName], None]] = []
        self.runtime = runtime

    def listen(self, listener: Callable[[ResourceName], None]) -> None:
        """Call this with the name of the resource after every change."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def edit(
        self, resource: ResourceName, expected: int | None = None
    ) -> AsyncIterator[Edit]:
        """Open a change; leaving the block verifies, commits, swaps and tells.

        Raises StaleRevision when `expected` is not the revision in force, ConfigError when the
        new configuration is not sound where it must be. Nothing is stored then.
        """
        async with self._database.begin() as connection:
            edit = Edit(connection, await read_snapshot(connection))
            yield edit
            await meta.bump_revision(connection, expected)
            runtime = await self._verified(edit)
        if runtime.revision > self.runtime.revision:
            self.runtime = runtime
        for listener in self._listeners:
            listener(resource)

    @asynccontextmanager
    async def rehearse(self) -> AsyncIterator[Edit]:
        """Open a change that is verified like any other and then undone, whatever it was."""
        with suppress(_Undone):
            async with self._database.begin() as connection:
                edit = Edit(connection, await read_snapshot(connection))
                yield edit
                await self._verified(edit)
                raise _Undone

    async def _verified(self, edit: Edit) -> AdminRuntime:
        runtime = self._compile(await read_snapshot(edit.connection))
        _verify(edit, runtime)
        return runtime


class _Undone(Exception):
    """Rolls a rehearsal back."""


def _verify(edit: Edit, runtime: AdminRuntime) -> None:
    found = [problem for id_ in edit.must_be_sound for problem in runtime.problems.get(id_, ())]
    if found:
        raise ConfigError(*found)
