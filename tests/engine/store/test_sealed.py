"""Everything sealed is found and sealed anew: no envelope of the old key is left anywhere."""

from datetime import UTC, datetime

import orjson
from sqlalchemy import LargeBinary, select
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import bodies, history, providers, tables, tokens
from butler.engine.store.bodies import BodyRecord
from butler.engine.store.delta import RowChange, rows_of
from butler.engine.store.history import HistoryLine
from butler.engine.store.sealed import SEALED_COLUMNS, copy_record, key_record, reseal_all
from butler.engine.store.snapshot import read_snapshot
from butler.engine.vault.vault import Vault
from tests.engine.store.records import NOON, provider, token

OLD, NEW = Vault(bytes(32)), Vault(bytes(31) + b"x")


def again(record: str, envelope: bytes) -> bytes:
    return NEW.seal(record, OLD.open(record, envelope))


def test_every_column_of_envelopes_is_known() -> None:
    known = {(column.table.name, column.envelope.name) for column in SEALED_COLUMNS}
    found = {
        (table.name, column.name)
        for table in tables.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary) and "envelope" in column.name
    }
    assert known == found


async def test_all_is_sealed_anew_and_equal_stays_equal(connection: AsyncConnection) -> None:
    key = OLD.seal(key_record("prov_1"), b"sk-1")
    copy = OLD.seal(copy_record("token_1"), b"sk-butler-1")
    words = {f"req_{n:04}": OLD.seal(bodies.vault_record(f"req_{n:04}"), b"hi") for n in range(501)}
    await providers.add(connection, provider(key_envelope=key))
    await providers.add(connection, provider("prov_2"))
    await tokens.add(connection, token(copy_envelope=copy))
    await bodies.add_many(
        connection,
        [BodyRecord(request_id=id_, started_at=NOON, envelope=e) for id_, e in words.items()],
    )
    row = rows_of(await read_snapshot(connection))["providers", "prov_1"]
    change = RowChange("providers", "prov_1", None, row)
    line = HistoryLine(1, datetime.now(UTC), "providers", "added")
    await history.add(connection, line, [change], 10)
    done = await reseal_all(connection, again)
    assert (done.resealed, done.unreadable) == (503, 0)
    (first, second) = await providers.list_all(connection)
    assert NEW.open(key_record("prov_1"), first.key_envelope or b"") == b"sk-1"
    assert second.key_envelope is None
    (kept,) = await tokens.list_all(connection)
    assert NEW.open(copy_record("token_1"), kept.copy_envelope or b"") == b"sk-butler-1"
    for id_, envelope in await connection.execute(
        select(tables.bodies.c.request_id, tables.bodies.c.envelope)
    ):
        assert NEW.open(bodies.vault_record(id_), envelope) == b"hi"
    # What the history compares is still the same.
    (change,) = await history.changes_of(connection, 1)
    assert change.after == rows_of(await read_snapshot(connection))["providers", "prov_1"]
    assert orjson.dumps(dict(row)) != orjson.dumps(dict(change.after or {}))


async def test_what_does_not_open_stays_as_it_is(connection: AsyncConnection) -> None:
    broken = OLD.seal("another record", b"sk-1")
    await providers.add(connection, provider(key_envelope=broken))
    done = await reseal_all(connection, again)
    assert (done.resealed, done.unreadable) == (0, 1)
    (found,) = await providers.list_all(connection)
    assert found.key_envelope == broken
