"""The history: told newest first, to a limit, with what each change did."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import history
from butler.engine.store.delta import RowChange
from butler.engine.store.history import HistoryLine
from tests.engine.store.records import NOON


def line(revision: int, resource: str = "rules") -> HistoryLine:
    return HistoryLine(revision, NOON + timedelta(seconds=revision), resource, f"n° {revision}")


def changes(revision: int) -> tuple[RowChange, ...]:
    return (RowChange("rules", "rule_1", {"name": "x", "priority": revision}, None),)


async def fill(connection: AsyncConnection, *revisions: int, keep: int = 100) -> None:
    for revision in revisions:
        await history.add(connection, line(revision), changes(revision), keep)


async def test_a_change_comes_back_as_it_was(connection: AsyncConnection) -> None:
    await history.add(connection, line(7, "rules,settings"), changes(7), 100)
    found = await history.get(connection, 7)
    assert found == line(7, "rules,settings")
    assert found.resources == ("rules", "settings")
    assert await history.changes_of(connection, 7) == changes(7)
    assert await history.get(connection, 8) is None
    assert await history.changes_of(connection, 8) == ()


async def test_pages_and_what_came_since(connection: AsyncConnection) -> None:
    await fill(connection, 1, 2, 4, 5)
    assert await history.page(connection, None, 3) == (line(5), line(4), line(2))
    assert await history.page(connection, 2, 3) == (line(1),)
    assert await history.since(connection, 2) == (line(4), line(5))
    assert await history.changes_since(connection, 2) == (changes(5), changes(4))


async def test_the_oldest_are_forgotten(connection: AsyncConnection) -> None:
    await fill(connection, *range(1, 8), keep=3)
    assert [found.revision for found in await history.page(connection, None, 10)] == [7, 6, 5]
    await fill(connection, 8, keep=2)
    assert [found.revision for found in await history.page(connection, None, 10)] == [8, 7]
