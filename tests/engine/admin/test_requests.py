"""The log, page by page, newest first."""

import pytest

from tests.e2e.house import House
from tests.fakes import Fail, Upstream


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


async def listed(house: House, query: str) -> list[str]:
    got = await house.admin("GET", f"requests?{query}")
    assert got.status == 200, got.raw
    return [row["id"] for row in got.json["items"]][::-1]


async def test_filters(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.rule("acme/alpha")
    await house.ask()
    await house.ask("acme/beta", stream=True)
    up.script(Fail(400))
    await house.ask("acme/beta")
    await house.ask("grok-9")
    routed, named, failed, unknown = [row["id"] for row in await house.rows(4)]
    for query, expected in {
        "layer=rules": [routed],
        "layer=direct&layer=rules": [routed, named, failed],
        "layer=": [unknown],
        "provider=acme": [routed, named],
        "model=acme%2Falpha": [routed],
        "streaming=true": [named],
        "status=error": [failed, unknown],
        "status=ok&status=cancelled": [routed, named],
        "cached=true": [],
        "cached=false": [routed, named, failed, unknown],
        "min_cost_usd=0.01": [],
        "min_cost_usd=0": [routed, named],
        f"text={named[4:]}": [named],
        "text=GROK-9": [unknown],
        "text=%25": [],
        "text=_": [routed, named, failed, unknown],
        "from=2020-01-01&to=2020-12-31": [],
        "from=2020-01-01&tz=Asia%2FTokyo": [routed, named, failed, unknown],
        f"layer=direct&before={failed}": [named],
    }.items():
        assert await listed(house, query) == expected, query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=200", "status.0"),
        ("min_cost_usd=-1", "min_cost_usd"),
        ("min_cost_usd=NaN", "min_cost_usd"),
        ("min_cost_usd=1e400", "min_cost_usd"),
        ("cached=perhaps", "cached"),
        ("text=%00", "text"),
        ("before=%00", "before"),
        ("from=never", "from"),
        ("sort=cost", "sort"),
    ],
)
async def test_what_does_not_fit(house: House, query: str, field: str) -> None:
    for path in ("requests", "requests/export"):
        got = await house.admin("GET", f"{path}?{query}")
        assert got.status == 422, got.raw
    got = await house.admin("GET", f"requests?{query}")
    assert got.problem["field"] == field
