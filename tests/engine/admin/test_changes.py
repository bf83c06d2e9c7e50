"""A change is verified, stored, swapped in and told; or nothing of it happened."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from butler.contract.events import ResourceName
from butler.engine.admin.changes import Changed, Changes
from butler.engine.errors import ConfigError
from butler.engine.providers.base import Connection
from butler.engine.runtime import Compiler
from butler.engine.settings import Settings
from butler.engine.store import history, meta, settings
from butler.engine.store.database import Database
from butler.engine.store.history import HistoryLine
from butler.engine.store.meta import StaleRevision
from butler.engine.store.snapshot import read_snapshot
from butler.engine.vault.vault import Vault
from tests.engine.empty import lasting

KEY = "routing.enabled"
DEMO = Connection("demo", "demo", "http://127.0.0.1:9/v1", "key")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(None, tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def changes(database: Database) -> Changes:
    compiler = Compiler(Vault(bytes(32)), Settings(), DEMO, lasting())
    async with database.connect() as connection:
        return Changes(
            database, compiler.compile, compiler.compile(await read_snapshot(connection))
        )


async def stored(database: Database) -> tuple[int, dict[str, object]]:
    async with database.connect() as connection:
        return await meta.revision(connection), await settings.read_all(connection)


async def test_a_change_is_stored_swapped_in_and_told(changes: Changes, database: Database) -> None:
    told: list[tuple[str, int]] = []
    changes.listen(lambda changed: told.append((changed.summary, changes.runtime.revision)))
    before = changes.runtime
    async with changes.edit("settings") as edit:
        assert edit.before.revision == 0
        await settings.put(edit.connection, KEY, False)
        assert changes.runtime is before
    assert (changes.runtime.revision, changes.runtime.routing_enabled) == (1, False)
    assert await stored(database) == (1, {KEY: False})
    assert told == [("setting routing.enabled changed", 1)]
    # Calls in flight finish on the one that they began with.
    assert before.routing_enabled


async def test_a_change_on_an_old_revision_is_refused(changes: Changes, database: Database) -> None:
    async with changes.edit("settings", 0) as edit:
        await settings.put(edit.connection, KEY, False)
    with pytest.raises(StaleRevision, match="revision 1, not 0"):
        async with changes.edit("settings", 0) as edit:
            await settings.put(edit.connection, KEY, True)
    assert await stored(database) == (1, {KEY: False})
    assert not changes.runtime.routing_enabled


@pytest.mark.parametrize("sound", [True, False])
async def test_a_change_that_is_not_sound_where_it_must_be_is_undone(
    changes: Changes, database: Database, sound: bool
) -> None:
    told: list[Changed] = []
    changes.listen(told.append)
    with pytest.raises(ConfigError):
        async with changes.edit("settings") as edit:
            if sound:
                edit.must_be_sound.append("routing.default_target")
                await settings.put(edit.connection, "routing.default_target", "no/where")
            else:
                await settings.put(edit.connection, "server.port", "eighty")
    assert await stored(database) == (0, {})
    assert (changes.runtime.revision, told) == (0, [])


async def test_an_unsound_record_that_nobody_edited_does_not_stop_others(changes: Changes) -> None:
    async with changes.edit("settings") as edit:
        await settings.put(edit.connection, "routing.default_target", "no/where")
    assert list(changes.runtime.problems) == ["routing.default_target"]


async def test_an_error_in_the_middle_undoes_all(changes: Changes, database: Database) -> None:
    with pytest.raises(KeyError):
        async with changes.edit("settings") as edit:
            await settings.put(edit.connection, KEY, False)
            raise KeyError("broken")
    assert await stored(database) == (0, {})
    async with changes.edit("settings") as edit:
        await settings.put(edit.connection, KEY, False)
    assert changes.runtime.revision == 1


async def test_a_rehearsal_leaves_nothing_behind(changes: Changes, database: Database) -> None:
    async with changes.rehearse() as edit:
        await settings.put(edit.connection, KEY, False)
    with pytest.raises(ConfigError):
        async with changes.rehearse() as edit:
            edit.must_be_sound.append("routing.default_target")
            await settings.put(edit.connection, "routing.default_target", "no/where")
    assert await stored(database) == (0, {})
    assert changes.runtime.routing_enabled


async def test_what_was_stored_past_it_is_put_in_force_and_told_once(
    changes: Changes, database: Database
) -> None:
    told: list[Changed] = []
    changes.listen(told.append)
    async with changes.aside("all at once"):
        async with database.begin() as connection:
            await settings.put(connection, KEY, False)
            await meta.bump_revision(connection, None)
        # Whoever hears of it meanwhile waits.
        hearing = asyncio.create_task(changes.catch_up())
        await asyncio.sleep(0.01)
        assert (changes.runtime.revision, told) == (0, [])
    await hearing
    assert (changes.runtime.revision, changes.runtime.routing_enabled) == (1, False)
    assert [(changed.revision, changed.summary) for changed in told] == [(1, "all at once")]
    assert set(told[0].resources) == set(get_args(ResourceName))


async def test_an_edit_is_told_once_though_it_is_also_heard_of(changes: Changes) -> None:
    told: list[Changed] = []
    changes.listen(told.append)
    for value in (False, True):
        async with changes.edit("settings") as edit:
            hearing = asyncio.create_task(changes.catch_up())
            await settings.put(edit.connection, KEY, value)
        await hearing
    assert [changed.revision for changed in told] == [1, 2]


async def test_an_edit_tells_first_what_others_had_changed_before_it(
    changes: Changes, database: Database
) -> None:
    told: list[tuple[int, tuple[str, ...], str]] = []
    changes.listen(lambda it: told.append((it.revision, it.resources, it.summary)))
    async with database.begin() as connection:
        await settings.put(connection, KEY, False)
        revision = await meta.bump_revision(connection, None)
        line = HistoryLine(revision, datetime.now(UTC), "settings", "theirs")
        await history.add(connection, line, (), 10)
    async with changes.edit("rules") as edit:
        edit.summary = "ours"
    await changes.catch_up()
    assert told == [(1, ("settings",), "theirs"), (2, ("rules",), "ours")]
    assert not changes.runtime.routing_enabled
