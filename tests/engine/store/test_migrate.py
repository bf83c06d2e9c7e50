"""Migrations: they build what `tables.py` says, once, and refuse what they do not know."""

import logging
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import Connection, Engine

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError
from butler.engine.store.migrate import load_scripts, upgrade
from butler.engine.store.tables import metadata


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
