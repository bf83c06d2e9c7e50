"""A provider that points at the butler itself is found out, not followed for ever."""

from tests.e2e.house import House


async def test_a_call_that_goes_in_circles_ends_soon(house: House) -> None:
    body = {
        "name": "self",
        "kind": "openai_compatible",
        "base_url": house.engine.base_url,
        "api_key": house.token,
        "models": [{"name": "auto"}],
    }
    assert (await house.admin("POST", "providers", body)).status == 201
    got = await house.ask()
    assert got.status == 400
    assert got.json["error"]["code"] == "loop_detected"
    assert "provider edit" in got.json["error"]["message"]
