"""`/api/v1/history`: what was changed, and the way back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, get_args

from aiohttp import web

from butler.contract.events import ResourceName
from butler.contract.history import HistoryChange, HistoryEntry, HistoryLine, HistoryQuery
from butler.contract.problems import ProblemCode
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import (
    Clash,
    expected_revision,
    nothing_called,
    read_query,
    reply,
    reply_items,
)
from butler.engine.admin.routes import Items, Route
from butler.engine.errors import problem
from butler.engine.store import history
from butler.engine.store.delta import Row, RowChange
from butler.engine.store.undo import CanNotUndo, restore, undo

_SEALED = "(sealed)"
_NOTHING = "nothing changed"


class HistoryResource:
    """The changes of the configuration."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "GET",
                "history",
                self._list,
                "What was changed, the latest first.",
                Items(HistoryLine),
                query=HistoryQuery,
            ),
            Route("GET", "history/{id}", self._get, "One change, record by record.", HistoryEntry),
            Route(
                "POST",
                "history/{id}:undo",
                self._undo,
                "Take one change back, where no later one stands in the way.",
                HistoryEntry,
                changes=True,
            ),
            Route(
                "POST",
                "history/{id}:restore",
                self._restore,
                "Make everything but the tokens as it was after this change.",
                HistoryEntry,
                changes=True,
            ),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        query = read_query(request, HistoryQuery)
        async with self._control.database.connect() as connection:
            page = await history.page(connection, query.before, query.limit)
        return reply_items([_line(line) for line in page], self._control.changes.runtime.revision)

    async def _get(self, request: web.Request) -> web.Response:
        line = await self._find(request)
        return await self._answer(line.revision)

    async def _undo(self, request: web.Request) -> web.Response:
        line = await self._find(request)
        resources = _resources(line)
        with _as_clash():
            async with self._control.changes.edit(resources[0], expected_revision(request)) as edit:
                edit.resources = resources
                edit.summary = f"revision {line.revision} undone: {line.summary}"
                changes = await history.changes_of(edit.connection, line.revision)
                await undo(edit.connection, edit.before, changes)
        return await self._answer(self._control.changes.runtime.revision)

    async def _restore(self, request: web.Request) -> web.Response:
        line = await self._find(request)
        async with self._control.changes.edit("settings", expected_revision(request)) as edit:
            edit.resources = ["providers", "rules", "categories", "settings"]
            edit.summary = f"everything as of revision {line.revision}"
            since = await history.changes_since(edit.connection, line.revision)
            await restore(edit.connection, edit.before, since)
        return await self._answer(self._control.changes.runtime.revision)

    async def _find(self, request: web.Request) -> history.HistoryLine:
        text = request.match_info["id"]
        if re.fullmatch("[0-9]{1,18}", text):
            async with self._control.database.connect() as connection:
                line = await history.get(connection, int(text))
            if line is not None:
                return line
        raise nothing_called("revision in the history", text)

    async def _answer(self, revision: int) -> web.Response:
        """Answer with a revision; one that changed nothing has no line in the history."""
        async with self._control.database.connect() as connection:
            line = await history.get(connection, revision)
            changes = await history.changes_of(connection, revision)
        told = _line(line or history.HistoryLine(revision, datetime.now(UTC), "", _NOTHING))
        entry = HistoryEntry(**told.model_dump(), changes=[_change(change) for change in changes])
        return reply(entry, self._control.changes.runtime.revision)


@contextmanager
def _as_clash() -> Iterator[None]:
    try:
        yield
    except CanNotUndo as error:
        raise Clash(problem(ProblemCode.CONFLICT, str(error))) from error


def _resources(line: history.HistoryLine) -> list[ResourceName]:
    return [name for name in get_args(ResourceName) if name in line.resources]


def _line(line: history.HistoryLine) -> HistoryLine:
    resources: list[str] = [*_resources(line)]
    return HistoryLine(
        revision=line.revision, at=line.at, resources=resources, summary=line.summary
    )


def _change(change: RowChange) -> HistoryChange:
    return HistoryChange(
        table=change.table,
        id=change.id,
        fields=list(change.fields),
        before=_masked(change.before),
        after=_masked(change.after),
    )


def _masked(row: Row | None) -> dict[str, Any] | None:
    """Return a row without its envelopes: sealed as they are, they are nobody's to carry off."""
    if row is None:
        return None
    return {
        name: _SEALED if value and name.endswith("_envelope") else value
        for name, value in row.items()
    }
