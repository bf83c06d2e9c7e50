"""When tokens were last used: known at once, stored in a while, and never a revision."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import House, until


async def token(house: House, name: str = "default") -> dict[str, Any]:
    items = (await house.admin("GET", "tokens")).json["items"]
    found: dict[str, Any] = next(item for item in items if item["name"] == name)
    return found


async def test_a_use_is_known_at_once_and_no_revision(house: House) -> None:
    before = await token(house)
    assert before["last_used_at"] is None
    revision = (await house.status())["revision"]
    await house.ask()
    row = await house.row()
    assert (await token(house))["last_used_at"] == row["started_at"]
    assert (await house.status())["revision"] == revision
    # Renamed afterwards, it keeps it.
    await house.admin("PATCH", "tokens/default", {"name": "laptop"})
    assert (await token(house, "laptop"))["last_used_at"] == row["started_at"]


async def test_it_is_stored_in_batches(house: House, sql: Callable[[str], list[Any]]) -> None:
    stored = "SELECT name FROM tokens WHERE last_used_at IS NOT NULL"
    await house.ask()
    await house.row()
    await asyncio.sleep(0.1)
    assert sql(stored) == []
    await house.engine.stop()
    assert [tuple(row) for row in sql(stored)] == [("default",)]
    history = [tuple(row) for row in sql("SELECT summary FROM history")]
    assert history == [("token 'default' added",)]


async def test_it_survives_a_restart(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.ask()
        row = await house.row()
    async with House(tmp_path) as house:
        assert (await token(house))["last_used_at"] == row["started_at"]


async def test_it_is_written_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("butler.engine.admin.last_used.STORE_EVERY_S", 0.05)
    async with House(tmp_path) as house:
        await house.ask()
        await house.row()

        def is_stored() -> bool:
            with closing(sqlite3.connect(tmp_path / "butler.db")) as file:
                found = file.execute("SELECT last_used_at FROM tokens").fetchone()
            return found[0] is not None

        await until(is_stored)
