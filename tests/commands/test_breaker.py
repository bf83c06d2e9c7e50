"""`butler breaker`: what keeps calls away is told, and closed again."""

from tests.commands.conftest import Run, beside
from tests.e2e.house import House
from tests.fakes import Upstream


async def test_a_breaker_is_listed_and_reset(house: House, up: Upstream, butler: Run) -> None:
    await house.add(up, api_key="sk-wrong")
    assert (await beside(butler, "breaker", "list")).out == "Every breaker is closed.\n"
    for model in ("alpha", "beta"):
        await house.ask(f"acme/{model}")
    titles, first, _ = (await beside(butler, "breaker", "list")).out.splitlines()
    assert titles.split() == ["MODEL", "STATE", "FOR", "ANOTHER", "WHY"]
    assert first.split()[:2] == ["acme/alpha", "open"]
    (left,) = (await beside(butler, "breaker", "reset", "acme/alpha", "--json")).json
    assert left["target"] == "acme/beta"
    assert (await beside(butler, "breaker", "reset")).out == "Every breaker is closed.\n"
    assert (await beside(butler, "breaker", "reset", "acme/nothing")).status == 1
