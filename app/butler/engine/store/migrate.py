"""Brings a database to the newest schema, or refuses it untouched."""

from collections.abc import Iterable
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError, problem

_SCRIPTS = Path(__file__).with_name("migrations")


def load_scripts() -> ScriptDirectory:
    """Read the migrations from their files; they are beside this module in a package too."""
    scripts = ScriptDirectory(str(_SCRIPTS))
    # Alembic would read them when first asked, which is inside the event loop.
    list(scripts.walk_revisions())
    return scripts


def schema_to_upgrade(connection: Connection, scripts: ScriptDirectory) -> str | None:
    """Return a schema that is there and lags behind; None for an empty database or the newest.

    Raises StoreError as `upgrade` does.
    """
    current = MigrationContext.configure(connection).get_current_revision()
    _refuse_foreign(connection, current)
    _refuse_newer(scripts, current)
    return None if current == scripts.get_current_head() else current


def upgrade(connection: Connection, scripts: ScriptDirectory, to: str = "head") -> None:
    """Apply the missing migrations inside the connection's transaction.

    Alembic is driven directly, without an ini file or `env.py`, so that it leaves logging alone.
    Raises StoreError when the database was written by a newer version, or by another program.
    """
    current = MigrationContext.configure(connection).get_current_revision()
    _refuse_foreign(connection, current)
    _refuse_newer(scripts, current)

    def missing_steps(
        _revision: tuple[str, ...], _context: MigrationContext
    ) -> Iterable[MigrationStep]:
        newest_first = list(scripts.iterate_revisions(to, current or "base"))
        return [
            MigrationStep.upgrade_from_script(scripts.revision_map, script)
            for script in reversed(newest_first)
        ]

    context = MigrationContext.configure(connection, opts={"fn": missing_steps})
    with Operations.context(context):
        context.run_migrations()


def _refuse_foreign(connection: Connection, current: str | None) -> None:
    if current is None and inspect(connection).get_table_names():
        raise StoreError(
            problem(
                ProblemCode.DATABASE_UNREADABLE,
                "The database holds the tables of another program.",
                "Point BUTLER_DATABASE_URL at an empty database. Nothing was changed.",
            )
        )


def _refuse_newer(scripts: ScriptDirectory, current: str | None) -> None:
    if current is None or current in {script.revision for script in scripts.walk_revisions()}:
        return
    raise StoreError(
        problem(
            ProblemCode.DATABASE_NEWER,
            f"The database has schema {current}, which this version does not know: "
            "a newer version wrote it.",
            "Install that version again, or start with another data directory. "
            "Nothing was changed.",
        )
    )
