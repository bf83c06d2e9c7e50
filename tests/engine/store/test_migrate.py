"""Migrations: they build what `tables.py` says, from every earlier schema, and refuse others."""

import asyncio
import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, create_engine, insert, inspect, select, text
from sqlalchemy.engine import Connection, Engine

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError
from butler.engine.ledger.gathering import Gathering
from butler.engine.store import requests, rollups, tables
from butler.engine.store.address import read_address
from butler.engine.store.database import Database
from butler.engine.store.migrate import load_scripts, upgrade
from butler.engine.store.rows import row_of
from butler.engine.store.snapshot import Snapshot, read_snapshot
from butler.engine.store.tables import metadata
from butler.engine.store.targets import StoredTarget
from tests.engine.store.records import NOON, model, provider, request, rule, token
from tests.postgres import Postgres

EARLIER = [script.revision for script in load_scripts().walk_revisions()][1:]
STORED = Snapshot(
    revision=7,
    settings={"log.level": "debug"},
    providers=(provider(key_envelope=b"BV1\x00\xff", options={"timeout": 1.0}),),
    models=(model(alias="快"),),
    rules=(
        rule(targets=(StoredTarget("model_1", "prov_1/model_1"), StoredTarget(None, "gone/x"))),
    ),
    tokens=(token(copy_envelope=b"BV1\x01"),),
)
CALL = request(
    target="prov_1/model_1", trace=[{"layer": "rules"}], modalities=("text",), ttft_ms=1.5
)

WORKED_OUT = ("quarter", "provider", "overhead_bin", "ttft_bin", "duration_bin", "speed_bin")
"""What is stored of a call beside what it says of itself, from schema 0003 on."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a place where there is no table yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'butler.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.empty()


def write_as_of(url: str, schema: str, directory: Path) -> None:
    """Make a database as an earlier version would have left it."""
    address = read_address(url, directory)
    if address.get_backend_name() == "sqlite":
        address = address.set(drivername="sqlite")
    engine = create_engine(address)
    with engine.begin() as connection:
        upgrade(connection, load_scripts(), schema)
        for table, row in rows():
            known = {column["name"] for column in inspect(connection).get_columns(table.name)}
            values = {
                column: row[column.key]
                for column in table.columns
                if column.name in known and column.key in row
            }
            connection.execute(insert(table).values(values))
        connection.exec_driver_sql("UPDATE meta SET value = '7' WHERE key = 'revision'")
    engine.dispose()


def rows() -> list[tuple[Table, dict[str, Any]]]:
    (stored,) = STORED.rules
    targets = [
        (tables.rule_targets, {"rule_id": stored.id, "position": at, **row_of(target)})
        for at, target in enumerate(stored.targets)
    ]
    return [
        (tables.settings, {"key": "log.level", "value": "debug"}),
        (tables.providers, row_of(STORED.providers[0])),
        (tables.models, row_of(STORED.models[0])),
        (tables.rules, row_of(stored)),
        *targets,
        (tables.tokens, row_of(STORED.tokens[0])),
        (tables.requests, row_of(CALL) | {name: getattr(CALL, name) for name in WORKED_OUT}),
    ]


def backups(directory: Path) -> list[str]:
    return [path.name for path in directory.glob("backups/*")]


@pytest.mark.parametrize("schema", EARLIER)
async def test_every_earlier_schema_is_upgraded_with_all_that_is_in_it(
    empty: str, schema: str, tmp_path: Path
) -> None:
    await asyncio.to_thread(write_as_of, empty, schema, tmp_path)
    database = await Database.open(empty, tmp_path)
    async with database.begin() as connection:
        assert await read_snapshot(connection) == STORED
        call = await requests.get(connection, CALL.id)
        assert call is not None
        assert (call.started_at, call.target, call.trace) == (NOON, CALL.target, CALL.trace)
        assert (call.modalities, call.ttft_ms, call.cost_usd) == (("text",), 1.5, None)
        worked_out = select(*(tables.requests.c[name] for name in WORKED_OUT))
        assert tuple((await connection.execute(worked_out)).one()) == tuple(
            getattr(call, name) for name in WORKED_OUT
        )
        # What is new can be written, too.
        await requests.add_many(connection, [request("req_2")])
    await database.close()
    kept = backups(tmp_path)
    if empty.startswith("sqlite"):
        assert len(kept) == 1
        assert kept[0].startswith(f"butler-before-upgrade-of-{schema}-")
        with sqlite3.connect(tmp_path / "backups" / kept[0]) as raw:
            assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (schema,)
            assert raw.execute("SELECT alias FROM models").fetchone() == ("快",)
        raw.close()
    else:
        assert kept == []


async def test_times_of_rules_are_counted_once_for_the_past(empty: str, tmp_path: Path) -> None:
    """As the recorder would have counted them; where no roll-ups are yet, nothing is begun."""
    calls = [
        request(f"req_{at}", rule_id=f"rule_{at % 3}" if at % 3 else None, duration_ms=2.0**at)
        for at in range(12)
    ]
    gathered = Gathering(calls)
    histograms = select(tables.rollup_histograms).order_by(*tables.rollup_histograms.primary_key)
    database = await Database.open(empty, tmp_path)
    async with database.begin() as connection:
        await requests.add_many(connection, calls)
        await rollups.add(connection, gathered.rollups(), gathered.histograms())
        kept = (await connection.execute(histograms)).all()
        of_rules = tables.rollup_histograms.c.dimension == "rule"
        await connection.execute(tables.rollup_histograms.delete().where(of_rules))
        await connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))
    await database.close()
    database = await Database.open(empty, tmp_path)
    async with database.begin() as connection:
        assert (await connection.execute(histograms)).all() == kept
    await database.close()


async def test_the_newest_schema_is_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        await (await Database.open(None, tmp_path)).close()
    assert backups(tmp_path) == []


async def test_what_can_not_be_copied_is_not_upgraded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'butler.db'}"
    await asyncio.to_thread(write_as_of, url, "0001", tmp_path)
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(StoreError) as caught:
        await Database.open(url, tmp_path)
    assert caught.value.problems[0].code is ProblemCode.BACKUP_FAILED
    with sqlite3.connect(tmp_path / "butler.db") as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    raw.close()


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return create_engine(f"sqlite:///{tmp_path / 'x.db'}")


def schema(connection: Connection) -> list[tuple[str, ...]]:
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY name")
    return [tuple(row) for row in rows]


def constraint_names(connection: Connection) -> dict[str, set[str | None]]:
    """Names of all constraints, which autogenerate does not compare on SQLite."""
    found = inspect(connection)
    return {
        table: {
            found.get_pk_constraint(table)["name"],
            *(unique["name"] for unique in found.get_unique_constraints(table)),
            *(foreign["name"] for foreign in found.get_foreign_keys(table)),
            *(check["name"] for check in found.get_check_constraints(table)),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrations_build_what_the_tables_say(engine: Engine, tmp_path: Path) -> None:
    direct = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    metadata.create_all(direct)
    with engine.begin() as connection, direct.connect() as expected:
        upgrade(connection, load_scripts())
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
        assert constraint_names(connection) == constraint_names(expected)


def test_autogenerate_would_see_a_difference(engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection, load_scripts())
        connection.exec_driver_sql("DROP INDEX ix_requests_newest")
        connection.exec_driver_sql("ALTER TABLE rules ADD COLUMN extra TEXT")
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert {difference[0] for difference in differences} == {"add_index", "remove_column"}


def test_a_second_run_changes_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection, load_scripts())
        before = schema(connection)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '7' WHERE key = 'revision'")
        upgrade(connection, load_scripts())
        assert schema(connection) == before
        rows = connection.exec_driver_sql("SELECT key, value FROM meta")
        assert [tuple(row) for row in rows] == [("revision", "7")]


def test_a_newer_schema_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        upgrade(connection, load_scripts())
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreError, match="9999") as caught:
            upgrade(connection, load_scripts())
    assert caught.value.problems[0].code is ProblemCode.DATABASE_NEWER
    assert "newer version" in str(caught.value)


def test_the_tables_of_another_program_are_refused(engine: Engine, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    with engine.begin() as connection:
        with pytest.raises(StoreError, match="another program") as caught:
            upgrade(connection, load_scripts())
        assert inspect(connection).get_table_names() == ["bookmarks"]
    assert caught.value.problems[0].code is ProblemCode.DATABASE_UNREADABLE


def test_logging_stays_as_it_was(engine: Engine) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("butler.engine").disabled)
    with engine.begin() as connection:
        upgrade(connection, load_scripts())
    assert (root.level, root.handlers, logging.getLogger("butler.engine").disabled) == before
