"""Taking changes back: one, where nothing stands in its way, or all since an earlier revision."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.errors import ButlerError
from butler.engine.store import categories, models, providers, rules, settings, tokens
from butler.engine.store.delta import (
    Row,
    RowChange,
    RowKey,
    differs,
    record_of_row,
    rows_of,
    values_of_row,
)
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.summary import noun_of

Wanted = Mapping[RowKey, Row | None]
"""How rows shall be; None where there shall be none."""

_ROOMS: Mapping[str, Any] = {
    "providers": providers,
    "models": models,
    "rules": rules,
    "categories": categories,
}
"""Who keeps the records of a table; all of them have `add`, `update` and `delete`."""


_TARGETING = ("rules", "categories")
"""What points at models, and so comes after them."""


class CanNotUndo(ButlerError):
    """Later changes, or the nature of the change itself, stand in the way."""


async def undo(connection: AsyncConnection, now: Snapshot, changes: Iterable[RowChange]) -> None:
    """Take one change back; what others changed since then in other fields stays.

    Raises CanNotUndo, naming the record, where it was changed again or can not come back.
    """
    rows = rows_of(now)
    wanted = {change.key: _without(change, rows.get(change.key)) for change in changes}
    await _write(connection, now, wanted)


async def restore(
    connection: AsyncConnection, now: Snapshot, newest_first: Iterable[tuple[RowChange, ...]]
) -> None:
    """Make everything but the tokens as it was before these changes.

    Tokens stay: one that was revoked does not come back, and one that is in use goes on.
    """
    wanted: dict[RowKey, Row | None] = {}
    for changes in newest_first:
        wanted.update({change.key: change.before for change in changes})
    await _write(connection, now, {key: wanted[key] for key in wanted if key[0] != "tokens"})


def _without(change: RowChange, now: Row | None) -> Row | None:
    """Return the row as it is now, but for what the change did to it."""
    if change.table == "tokens" and change.after is None:
        raise CanNotUndo(
            f"The {_called(change)} was revoked, and that is for good. Make a new token."
        )
    for field in change.fields:
        if (now is None) != (change.after is None) or differs(
            field, (now or {}).get(field), (change.after or {}).get(field)
        ):
            raise CanNotUndo(
                f"The {_called(change)} was changed again since then. "
                "Undo the later changes first, or edit it."
            )
    if change.before is None or now is None:
        return change.before
    return {**now, **{field: change.before[field] for field in change.fields}}


def _called(change: RowChange) -> str:
    row = change.after or change.before or {}
    return f"{noun_of(change.table)} {row.get('name', change.id)!r}"


async def _write(connection: AsyncConnection, now: Snapshot, wanted: Wanted) -> None:
    """Bring rows to what is wanted: first those go that shall, then parents before children."""
    rows = rows_of(now)
    await _make_room(connection, now, wanted)
    for table in (*_TARGETING, "models", "providers", "tokens", "settings"):
        for id_ in _ids(wanted, table):
            if wanted[table, id_] is None and (table, id_) in rows:
                await _remove(connection, table, id_)
    for table in ("providers", "models", "tokens", "settings"):
        for id_ in _ids(wanted, table):
            row = wanted[table, id_]
            if row is not None:
                await _put(connection, table, id_, row)
    living = {model.id for model in await models.list_all(connection)}
    for table in _TARGETING:
        for id_ in _ids(wanted, table):
            row = wanted[table, id_]
            if row is not None:
                await _put(connection, table, id_, _with_living_targets(row, living))


async def _make_room(connection: AsyncConnection, now: Snapshot, wanted: Wanted) -> None:
    """Take back names and aliases that change, so that records can pass them to one another."""
    for provider in now.providers:
        row = wanted.get(("providers", provider.id))
        if row and row["name"] != provider.name:
            await providers.update(connection, dataclasses.replace(provider, name=provider.id))
    for model in now.models:
        row = wanted.get(("models", model.id))
        if row and (row["name"], row["alias"]) != (model.name, model.alias):
            await models.update(connection, dataclasses.replace(model, name=model.id, alias=None))
    for category in now.categories:
        row = wanted.get(("categories", category.id))
        if row and row["name"] != category.name:
            await categories.update(connection, dataclasses.replace(category, name=category.id))


def _ids(wanted: Wanted, table: str) -> list[str]:
    return [id_ for name, id_ in wanted if name == table]


def _with_living_targets(row: Row, living: set[str]) -> Row:
    """Return the row with targets that are gone kept as labels only."""
    targets = [
        {**target, "model_id": target["model_id"] if target["model_id"] in living else None}
        for target in row["targets"]
    ]
    return {**row, "targets": targets}


async def _remove(connection: AsyncConnection, table: str, id_: str) -> None:
    match table:
        case "tokens":
            await tokens.revoke(connection, id_, datetime.now(UTC))
        case "settings":
            await settings.delete(connection, id_)
        case _:
            await _ROOMS[table].delete(connection, id_)


async def _put(connection: AsyncConnection, table: str, id_: str, row: Row) -> None:
    match table:
        case "tokens":
            await _put_token(connection, id_, row)
        case "settings":
            await settings.put(connection, id_, row["value"])
        case _:
            record = record_of_row(table, row)
            if not await _ROOMS[table].update(connection, record):
                await _ROOMS[table].add(connection, record)


async def _put_token(connection: AsyncConnection, id_: str, row: Row) -> None:
    record = await tokens.get(connection, id_)
    if record is not None:
        values = values_of_row(row)
        values["allowed_models"] = tuple(values["allowed_models"])
        await tokens.update(connection, dataclasses.replace(record, **values))
