"""The log, page by page, newest first."""

import pytest

from tests.e2e.house import House


async def test_pages_meet_without_gap_or_overlap(house: House) -> None:
    for _ in range(5):
        await house.ask("demo/cheap")
    everything = [row["id"] for row in (await house.rows(5))[::-1]]
    pages: list[str] = []
    before = ""
    while True:
        got = await house.admin("GET", f"requests?limit=2{before}")
        ids = [row["id"] for row in got.json["items"]]
        pages += ids
        if len(ids) < 2:
            break
        before = f"&before={ids[-1]}"
    assert pages == everything
    times = [row["started_at"] for row in (await house.rows(5))]
    assert times == sorted(times)


async def test_one_call(house: House) -> None:
    got = await house.ask()
    row = await house.row()
    found = await house.admin("GET", f"requests/{got.headers['x-butler-request-id']}")
    assert (found.status, found.json) == (200, row)


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "ten", "", "²", "1.0", "9" * 5000])
async def test_limits(house: House, limit: str) -> None:
    got = await house.admin("GET", f"requests?limit={limit}")
    assert (got.status, got.problem["field"]) == (422, "limit")


async def test_unknown_ones(house: House) -> None:
    for path in ("requests/nobody", "requests?before=nobody"):
        got = await house.admin("GET", path)
        assert (got.status, got.problem["code"]) == (404, "not_found")
