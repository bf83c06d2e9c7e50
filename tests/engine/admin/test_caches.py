"""`/api/v1/cache`: what is kept is counted, and thrown away."""

from tests.e2e.house import House


async def test_an_empty_cache_is_shown_and_cleared(house: House) -> None:
    shown = (await house.admin("GET", "cache")).json["exact"]
    assert (shown["enabled"], shown["entries"], shown["bytes"]) == (False, 0, 0)
    cleared = await house.admin("DELETE", "cache")
    assert (cleared.status, cleared.json["cleared"]) == (200, 0)
