"""Two engines on one PostgreSQL: what is changed at one holds at the other."""

from pathlib import Path

import pytest

from tests.e2e.house import HELLO, House, until
from tests.engine.admin.test_events import events
from tests.fakes import Upstream

pytestmark = pytest.mark.parametrize("store", ["postgresql"], indirect=True)


async def test_a_change_at_one_holds_at_the_other(
    house: House, store: tuple[dict[str, str], str], tmp_path: Path, up: Upstream
) -> None:
    async with House(tmp_path / "other", store[0]) as other:
        assert other.engine.first_token is None
        async with events(other) as stream:
            await stream.next()
            await house.add(up)
            _, name, told = await stream.next()
        assert (name, told["resources"], told["summary"]) == (
            "config",
            ["providers"],
            "provider 'acme' added",
        )
        got = await other.call(
            "POST", "/v1/chat/completions", {"messages": HELLO}, token=house.token
        )
        assert got.headers["x-butler-target"] == "acme/alpha"
        await other.admin("DELETE", "tokens/default")

        async def is_revoked() -> bool:
            return (await house.ask()).status == 401

        await until(is_revoked)


async def test_of_two_changes_on_one_revision_the_later_is_refused(
    house: House, store: tuple[dict[str, str], str], tmp_path: Path
) -> None:
    async with House(tmp_path / "other", store[0]) as other:
        seen = {"If-Match": (await house.admin("GET", "settings")).headers["ETag"]}
        body = {"routing.enabled": False}
        first = await house.admin("PATCH", "settings", body, headers=seen)
        second = await other.admin("PATCH", "settings", body, headers=seen)
        assert (first.status, second.status) == (200, 412)
