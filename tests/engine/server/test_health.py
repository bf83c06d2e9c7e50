"""`GET /health` tells whoever asks that the engine is up, and nothing else."""

from butler import __version__
from tests.e2e.house import House


async def test_it_says_that_it_serves_and_whether_it_routes(house: House) -> None:
    got = await house.call("GET", "/health", token="")
    assert (got.status, got.json) == (
        200,
        {"status": "ok", "version": __version__, "routing": True},
    )
    await house.set(routing__enabled=False)
    assert (await house.call("GET", "/health", token="")).json["routing"] is False
