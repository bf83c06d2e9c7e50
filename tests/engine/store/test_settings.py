"""Stored settings: any JSON value, and nothing for a default."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import settings

VALUES = [None, True, 0, 8080, 1.0, 2**64 - 1, "", "12", "中文", ["a"], {"b": {"c": []}}]


@pytest.mark.parametrize("value", VALUES)
async def test_any_json_value_comes_back(connection: AsyncConnection, value: Any) -> None:
    await settings.put(connection, "key", value)
    read = (await settings.read_all(connection))["key"]
    assert (read, type(read)) == (value, type(value))


async def test_a_value_is_replaced_and_removed(connection: AsyncConnection) -> None:
    await settings.put(connection, "port", 1)
    await settings.put(connection, "port", 2)
    await settings.put(connection, "host", "::1")
    assert await settings.read_all(connection) == {"host": "::1", "port": 2}
    assert await settings.delete(connection, "port")
    assert not await settings.delete(connection, "port")
    assert await settings.read_all(connection) == {"host": "::1"}
