"""`butler status`: the engine at a glance."""

from tests.commands.conftest import Run, beside
from tests.e2e.house import House
from tests.fakes import Upstream


async def test_a_running_engine(house: House, up: Upstream, butler: Run) -> None:
    await house.add(up)
    await house.ask("acme/alpha")
    await house.rows(1)
    facts, models = (await beside(butler, "status")).out.split("\n\n")
    told = {line.split("  ")[0]: line.rsplit("  ", 1)[1] for line in facts.splitlines()}
    assert (told["Routing"], told["Serves at"]) == ("on", house.engine.base_url)
    assert (told["Requests today"], told["Default target"]) == ("1", "acme/alpha")
    assert models.splitlines()[0].split()[:3] == ["MODEL", "STATE", "FAILING"]
    assert models.splitlines()[1].split()[:2] == ["acme/alpha", "ok"]


def test_without_one(butler: Run) -> None:
    done = butler("status")
    assert (done.status, "(not serving)" in done.out) == (0, True)
    found = butler("status", "--json").json
    assert (found["health"]["state"], found["demo"]) == ("ok", True)
    assert "未提供服务" in butler("status", "--lang", "zh").out


async def test_an_open_breaker_and_routing_that_is_off(
    house: House, up: Upstream, butler: Run
) -> None:
    await house.add(up, api_key="sk-wrong")
    await house.set(routing__enabled=False)
    await house.ask("acme/alpha")
    shown = (await beside(butler, "status")).out
    assert "off: the default answers" in shown
    assert shown.split("\n\n")[1].splitlines()[1].split()[:2] == ["acme/alpha", "open"]
