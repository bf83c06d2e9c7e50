"""Providers that lead back to the butler are found out, not followed for ever."""

from pathlib import Path
from typing import Any

from tests.e2e.house import House


def _provider(name: str, of: House) -> dict[str, Any]:
    return {
        "name": name,
        "kind": "openai_compatible",
        "base_url": of.engine.base_url,
        "api_key": of.token,
        "models": [{"name": "auto"}],
    }


async def test_its_own_address_is_refused_when_it_is_given(house: House) -> None:
    refused = await house.admin("POST", "providers", _provider("self", house))
    assert refused.status == 422
    assert refused.problem["code"] == "own_endpoint"


async def test_a_call_that_goes_in_circles_between_two_ends_soon(
    house: House, tmp_path: Path
) -> None:
    async with House(tmp_path / "neighbour") as neighbour:
        for one, other in ((house, neighbour), (neighbour, house)):
            assert (await one.admin("POST", "providers", _provider("next", other))).status == 201
        got = await house.ask()
    assert got.status == 400
    assert got.json["error"]["code"] == "loop_detected"
    assert "provider edit" in got.json["error"]["message"]
