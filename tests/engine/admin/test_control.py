"""What the owner's tools see of the engine; the figures are tested in `tests/e2e`."""

import asyncio
import os

from butler import __version__
from butler.engine.admin.control import call_row
from tests.e2e.house import House, until
from tests.engine.store.records import NOON, request
from tests.fakes import Silence, Upstream


async def test_the_engine_at_a_glance(house: House) -> None:
    status = await house.status()
    assert (status["version"], status["pid"]) == (__version__, os.getpid())
    assert (status["state"], status["demo"]) == ("routing", True)
    assert (status["default_target"], status["in_flight"]) == ("demo/cheap", 0)
    assert (status["base_url"], status["admin_url"]) == (
        house.engine.base_url,
        house.engine.admin_url,
    )
    assert status["data_dir"] == str(house.data_dir)
    assert status["master_key_source"] == "environment"
    assert status["warnings"] == []
    assert (status["requests_today"], status["unpriced_today"]) == (0, 0)


async def test_it_follows_the_configuration(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(routing__enabled=False, routing__default_target="acme/beta")
    status = await house.status()
    assert (status["state"], status["demo"]) == ("off", False)
    assert status["default_target"] == "acme/beta"


async def test_it_counts_calls_in_flight(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(Silence(), Silence())
    asking = [asyncio.create_task(house.ask()) for _ in range(2)]
    await until(lambda: len(up.seen) == 2)
    assert await house.in_flight() == 2
    for one in asking:
        one.cancel()
    await house.until_idle()


async def test_the_token_to_copy_is_the_default_one_else_the_first_with_a_copy(
    house: House,
) -> None:
    tokens = (await house.admin("GET", "tokens")).json["items"]
    assert (await house.status())["default_token"] == tokens[0]["id"]
    kept = (await house.admin("POST", "tokens", {"name": "kept", "keep_copy": True})).json
    await house.admin("POST", "tokens", {"name": "not kept"})
    await house.admin("DELETE", f"tokens/{tokens[0]['id']}")
    assert (await house.status())["default_token"] == kept["id"]
    await house.admin("DELETE", f"tokens/{kept['id']}")
    assert (await house.status())["default_token"] is None


def test_a_stored_call_travels_as_it_is() -> None:
    row = call_row(request("req_9", attempts=[], trace=[], status=499))
    assert (row.id, row.started_at, row.status, row.cost_usd) == ("req_9", NOON, 499, None)
