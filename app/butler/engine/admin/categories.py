"""`/api/v1/categories`: what calls may be about, by example, and who answers those."""

import asyncio
import dataclasses

from aiohttp import web

from butler.contract.categories import Category, CategoryIn, CategoryPatch
from butler.engine.admin.category_records import (
    category_row,
    find_category,
    new_category,
    patched_category,
)
from butler.engine.admin.changes import Edit
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import expected_revision, read, reply, reply_items
from butler.engine.admin.routes import Items, Route
from butler.engine.store import categories
from butler.engine.store.categories import CategoryRecord
from butler.engine.store.seeds import shipped_categories


class CategoriesResource:
    """Categories of meaning."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        all_, one = "categories", "categories/{id}"
        return [
            Route("GET", all_, self._list, "The categories in their order.", Items(Category)),
            Route(
                *("POST", all_, self._add, "Add one, at the end.", Category, CategoryIn),
                status=201,
                changes=True,
            ),
            Route("GET", one, self._get, "One category.", Category),
            Route("PATCH", one, self._change, "Change it.", Category, CategoryPatch, changes=True),
            Route("DELETE", one, self._delete, "Delete it.", Category, changes=True),
            Route(
                "POST",
                "categories:restore",
                self._restore,
                "Bring back those that came with the program and were deleted.",
                Items(Category),
                changes=True,
            ),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        runtime = self._control.changes.runtime
        rows = [self._row(record) for record in runtime.snapshot.categories]
        return reply_items(rows, runtime.revision)

    async def _get(self, request: web.Request) -> web.Response:
        return self._answer(request.match_info["id"])

    async def _add(self, request: web.Request) -> web.Response:
        wanted = await read(request, CategoryIn)
        async with self._control.changes.edit("categories", expected_revision(request)) as edit:
            record = new_category(wanted, edit.before, _end(edit))
            await categories.add(edit.connection, record)
            edit.must_be_sound.append(record.id)
        return self._answer(record.id, 201)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, CategoryPatch)
        async with self._control.changes.edit("categories", expected_revision(request)) as edit:
            record = find_category(edit.before, request.match_info["id"])
            changed = patched_category(record, patch, edit.before)
            await categories.update(edit.connection, changed)
            if patch.targets is not None:
                edit.must_be_sound.append(record.id)
            if patch.position is not None:
                await _move(edit, changed, patch.position)
        return self._answer(record.id)

    async def _delete(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("categories", expected_revision(request)) as edit:
            record = find_category(edit.before, request.match_info["id"])
            row = self._row(record)
            await categories.delete(edit.connection, record.id)
        return reply(row, self._control.changes.runtime.revision)

    async def _restore(self, request: web.Request) -> web.Response:
        """Add what is gone; one whose name the owner has given to another stays away."""
        shipped = await asyncio.to_thread(shipped_categories)
        async with self._control.changes.edit("categories", expected_revision(request)) as edit:
            taken = {word for one in edit.before.categories for word in (one.id, one.name)}
            position = _end(edit)
            for record in shipped:
                if record.id not in taken and record.name not in taken:
                    placed = dataclasses.replace(record, position=position + record.position)
                    await categories.add(edit.connection, placed)
        return await self._list(request)

    def _answer(self, name: str, status: int = 200) -> web.Response:
        runtime = self._control.changes.runtime
        return reply(self._row(find_category(runtime.snapshot, name)), runtime.revision, status)

    def _row(self, record: CategoryRecord) -> Category:
        return category_row(record, self._control.changes.runtime.problems.get(record.id, ()))


def _end(edit: Edit) -> int:
    return max((record.position for record in edit.before.categories), default=-1) + 1


async def _move(edit: Edit, moved: CategoryRecord, place: int) -> None:
    order = [record for record in edit.before.categories if record.id != moved.id]
    order.insert(place, moved)
    for position, record in enumerate(order):
        if record.position != position:
            await categories.update(edit.connection, dataclasses.replace(record, position=position))
