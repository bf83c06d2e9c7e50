"""Statistics over the wire: totals, groups, series in local time, spreads, savings, refusals."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.e2e.house import House
from tests.fakes import Answer, Fail, Upstream, Usage

PRICED = {"name": "alpha", "prices": {"input_usd": "1", "output_usd": "2"}}
DEAR = {"name": "beta", "prices": {"input_usd": "10", "output_usd": "20"}}


async def ask(house: House, **query: Any) -> dict[str, Any]:
    got = await house.admin("GET", f"statistics?{urlencode(query, doseq=True)}")
    assert got.status == 200, got.raw
    found: dict[str, Any] = got.json
    return found


async def traffic(house: House, up: Upstream) -> None:
    """Three routed calls to alpha, one that names beta, one that nobody can answer."""
    await house.add(up, models=[PRICED, DEAR])
    await house.rule("acme/alpha")
    up.script(*[Answer(usage=Usage(1_000, 500))] * 4)
    for _ in range(3):
        assert (await house.ask()).status == 200
    assert (await house.ask("acme/beta")).status == 200
    up.script(Fail(400))
    await house.ask("acme/beta")
    await house.rows(5)


async def test_totals_are_those_of_the_log(house: House, up: Upstream) -> None:
    await traffic(house, up)
    found = await ask(house)
    totals = found["totals"]
    assert (totals["requests"], totals["errors"], totals["cancelled"]) == (5, 1, 0)
    assert (totals["input_tokens"], totals["output_tokens"]) == (4_000, 2_000)
    spent = sum(Decimal(row["cost_usd"] or 0) for row in await house.rows(5))
    assert Decimal(totals["cost_usd"]) == spent == Decimal("0.026")
    assert (found["source"], found["complete"], found["savings"]) == ("rollups", True, None)
    assert found["spread"]["duration_ms"]["count"] == 5
    assert found["spread"]["duration_ms"]["p50"] <= found["spread"]["duration_ms"]["p99"]
    assert (found["groups"], found["series"]) == ([], None)


@pytest.mark.parametrize("how", ["rollups", "log"])
async def test_groups_and_filters(house: House, up: Upstream, how: str) -> None:
    await traffic(house, up)
    everything = {} if how == "rollups" else {"streaming": ["true", "false"], "endpoint": []}
    by_layer = await ask(house, group_by="layer", **everything)
    assert by_layer["source"] == how
    counted = {group["key"]: group["counts"]["requests"] for group in by_layer["groups"]}
    assert counted == {"rules": 3, "direct": 2}
    assert by_layer["groups"][0]["spread"]["overhead_ms"]["count"] == 3
    by_model = await ask(house, group_by="model", layer="rules", **everything)
    assert [group["key"] for group in by_model["groups"]] == ["acme/alpha"]
    assert by_model["totals"]["requests"] == 3


async def test_names_for_people(house: House, up: Upstream) -> None:
    await traffic(house, up)
    rules = (await ask(house, group_by="rule"))["groups"]
    assert {group["label"] for group in rules} == {"everything", ""}
    tokens = (await ask(house, group_by="token"))["groups"]
    assert [group["label"] for group in tokens] == ["default"]
    modalities = await ask(house, group_by="modality", modality="text")
    assert [group["key"] for group in modalities["groups"]] == ["text"]
    for rule in (await house.admin("GET", "rules")).json["items"]:
        await house.admin("DELETE", f"rules/{rule['id']}")
    rules = (await ask(house, group_by="rule"))["groups"]
    assert "everything" in {group["label"] for group in rules}, "a rule that is gone"


@pytest.mark.parametrize("token", ["everyone", "one"])
async def test_of_rules_it_is_told_how_long_they_took_and_when_they_hit_last(
    house: House, up: Upstream, token: str
) -> None:
    await traffic(house, up)
    (default,) = (await ask(house, group_by="token"))["groups"]
    filters = {"token": default["key"]} if token == "one" else {}
    rules = {
        group["label"]: group for group in (await ask(house, group_by="rule", **filters))["groups"]
    }
    hits = [row for row in await house.rows(5) if row["rule_name"] == "everything"]
    assert rules["everything"]["spread"]["duration_ms"]["count"] == len(hits) == 3
    last_at = max(datetime.fromisoformat(row["started_at"]) for row in hits)
    assert datetime.fromisoformat(rules["everything"]["last_at"]) == last_at
    assert rules[""]["last_at"] is None, "those that no rule decided"
    assert all(group["last_at"] is None for group in (await ask(house, group_by="layer"))["groups"])


async def test_the_rest_is_one_group(house: House, up: Upstream) -> None:
    await traffic(house, up)
    found = await ask(house, group_by="layer", top=1, bucket="day")
    assert [(group["key"], group["counts"]["requests"]) for group in found["groups"]] == [
        ("rules", 3),
        (None, 2),
    ]
    assert [line["key"] for line in found["series"]["lines"]] == ["rules", None]


@pytest.mark.parametrize("bucket", ["hour", "day", "week", "month"])
async def test_series_add_up_to_the_totals(house: House, up: Upstream, bucket: str) -> None:
    await traffic(house, up)
    found = await ask(house, group_by="layer", bucket=bucket, tz="Asia/Kathmandu")
    series = found["series"]
    assert all(at.endswith("+05:45") for at in series["starts_at"])
    assert series["starts_at"] == sorted(series["starts_at"])
    for line in series["lines"]:
        assert len(line["requests"]) == len(series["starts_at"])
    assert sum(sum(line["requests"]) for line in series["lines"]) == 5
    spent = sum(Decimal(usd) for line in series["lines"] for usd in line["cost_usd"])
    assert spent == Decimal(found["totals"]["cost_usd"])


async def test_savings_only_against_a_baseline_and_only_where_known(
    house: House, up: Upstream
) -> None:
    await house.add(up, models=[PRICED, DEAR])
    await house.set(savings__baseline="acme/beta")
    await house.rule("acme/alpha")
    up.script(*[Answer(usage=Usage(1_000, 500))] * 3)
    await house.ask()
    await house.ask()
    await house.ask("acme/alpha")
    await house.rows(3)
    savings = (await ask(house))["savings"]
    # Two chosen calls: 0.002 $ each instead of 0.02 $.
    assert Decimal(savings["saved_usd"]) == Decimal("0.036")
    assert Decimal(savings["baseline_usd"]) == Decimal("0.04")
    assert (savings["baseline"], savings["covered_requests"]) == ("acme/beta", 2)
    assert savings["covered_share_of_requests"] == pytest.approx(2 / 3, abs=1e-6)
    assert savings["covered_share_of_tokens"] == pytest.approx(2 / 3, abs=1e-6)
    assert savings["method"] == "same_tokens_at_baseline"
    groups = (await ask(house, group_by="layer"))["groups"]
    saved = {group["key"]: Decimal(group["saved_usd"]) for group in groups}
    assert saved == {"rules": Decimal("0.036"), "direct": Decimal(0)}


async def test_why_calls_fell_back(house: House, up: Upstream, other: Upstream) -> None:
    await house.add(up)
    await house.add(other, "backup")
    await house.set(dispatch__retries=0)
    await house.rule("acme/alpha", "backup/gamma")
    up.script(Fail(503))
    assert (await house.ask()).status == 200
    await house.rows(1)
    found = await ask(house)
    assert found["totals"]["fallbacks"] == 1
    (reason,) = found["fallbacks"]
    assert reason["requests"] == 1
    assert reason["reason"] == (await house.row())["fallback"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
        ("from=1234-01-01", "from"),
        ("to=9999-12-31", "to"),
        ("from=2026-03-02&to=2026-03-01", "from"),
        ("tz=Mars/Olympus", "tz"),
        ("tz=..%2F..%2Fetc", "tz"),
        ("tz=%00", "tz"),
        ("bucket=minute", "bucket"),
        ("bucket=hour&from=2020-01-01&to=2026-01-01", "bucket"),
        ("group_by=prompt", "group_by"),
        ("top=0", "top"),
        ("top=1.0", "top"),
        ("layer=%00", "layer.0"),
        ("streaming=maybe", "streaming.0"),
        ("colour=red", "colour"),
    ],
)
async def test_what_does_not_fit_is_refused_in_words(house: House, query: str, field: str) -> None:
    got = await house.admin("GET", f"statistics?{query}")
    assert (got.status, got.problem["field"]) == (422, field)
    assert got.problem["code"] == "invalid"


async def test_nothing_happened(house: House) -> None:
    days = {"from": "2025-01-01", "to": "2025-01-02"}
    found = await ask(house, group_by="model", bucket="day", **days)
    assert found["totals"]["requests"] == 0
    assert (found["cache_hit_rate"], found["groups"], found["fallbacks"]) == (None, [], [])
    assert len(found["series"]["starts_at"]) == 2
