"""Every place in the store where something is sealed, so that all of it can be sealed anew."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.errors import VaultError
from butler.engine.store import bodies as bodies_records
from butler.engine.store.tables import bodies, history, providers, tokens

_ROWS_AT_ONCE = 500

Seal = Callable[[str, bytes], bytes]
"""Opens the envelope of a record and seals what is in it anew. Raises VaultError."""


def key_record(provider_id: str) -> str:
    """Return the record under which a provider's key is sealed."""
    return f"provider/{provider_id}/key"


def copy_record(token_id: str) -> str:
    """Return the record under which the copy of a token is sealed."""
    return f"token/{token_id}/copy"


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of envelopes; `record` tells by a row's id what its envelope is bound to."""

    table: Table
    id: Column[Any]
    envelope: Column[Any]
    record: Callable[[str], str]


SEALED_COLUMNS = (
    SealedColumn(providers, providers.c.id, providers.c.key_envelope, key_record),
    SealedColumn(tokens, tokens.c.id, tokens.c.copy_envelope, copy_record),
    SealedColumn(bodies, bodies.c.request_id, bodies.c.envelope, bodies_records.vault_record),
)


@dataclass(slots=True)
class Resealing:
    """Seals envelopes anew, equal ones equally: the history compares them.

    What does not open stays as it is and is counted: it was lost before.
    """

    seal: Seal
    resealed: int = 0
    unreadable: int = 0
    _known: dict[tuple[str, bytes], bytes] = field(default_factory=dict)

    def again(self, record: str, envelope: bytes) -> bytes:
        """Return the envelope to store from now on."""
        key = record, envelope
        if key not in self._known:
            try:
                self._known[key] = self.seal(record, envelope)
                self.resealed += 1
            except VaultError:
                self._known[key] = envelope
                self.unreadable += 1
        return self._known[key]


async def reseal_all(connection: AsyncConnection, seal: Seal) -> Resealing:
    """Seal everything in the store anew, within the connection's transaction."""
    resealing = Resealing(seal)
    for column in SEALED_COLUMNS:
        await _reseal_column(connection, column, resealing)
    await _reseal_history(connection, resealing)
    return resealing


async def _reseal_column(
    connection: AsyncConnection, column: SealedColumn, resealing: Resealing
) -> None:
    write = (
        update(column.table)
        .where(column.id == bindparam("row"))
        .values({column.envelope: bindparam("sealed")})
    )
    last = ""
    while True:
        query = select(column.id, column.envelope).where(
            column.envelope.is_not(None), column.id > last
        )
        found = (await connection.execute(query.order_by(column.id).limit(_ROWS_AT_ONCE))).all()
        if not found:
            return
        last = found[-1][0]
        rows = [
            {"row": id_, "sealed": resealing.again(column.record(id_), envelope)}
            for id_, envelope in found
        ]
        await connection.execute(write, rows)


async def _reseal_history(connection: AsyncConnection, resealing: Resealing) -> None:
    """Seal the keys in the history anew; copies of tokens are not in it."""
    found = (await connection.execute(select(history.c.revision, history.c.changes))).all()
    for revision, changes in found:
        rows = list(_rows_with_keys(changes))
        for id_, row in rows:
            old = base64.b64decode(row["key_envelope"])
            new = resealing.again(key_record(id_), old)
            row["key_envelope"] = base64.b64encode(new).decode("ascii")
        if rows:
            await connection.execute(
                update(history).where(history.c.revision == revision).values(changes=changes)
            )


def _rows_with_keys(changes: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for change in changes:
        if change["table"] == "providers":
            for row in (change["before"], change["after"]):
                if row is not None and row["key_envelope"]:
                    yield change["id"], row
