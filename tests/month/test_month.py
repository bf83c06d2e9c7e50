"""The made-up month: its figures agree with each other, and it is the same each time."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from butler.contract.resources import CallRow, Token
from butler.contract.statistics import Statistics
from tests.desktop.shots import surroundings
from tests.month.furnishing import BASELINE, RULES, TOKENS, Furnished
from tests.month.seeding import multiply, seed, serving
from tests.month.traffic import traffic

_NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
_FURNISHED = Furnished(
    tokens={name: f"tok_{name}" for name in TOKENS}, rules={name: f"rule_{name}" for name in RULES}
)


def test_it_is_the_same_each_time() -> None:
    one, other = (list(traffic(_FURNISHED, _NOW, 20)) for _ in range(2))
    assert [call.id for call in one] == [call.id for call in other]
    assert all(before.started_at <= after.started_at for before, after in pairwise(one))
    assert {call.known.client for call in one} >= {"claude-code", "codex", "cursor"}


@pytest.mark.e2e
@pytest.mark.slow
async def test_its_figures_agree(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with surroundings(tmp_path):
        furnished = await seed(tmp_path, now, 20)
        await multiply(tmp_path, furnished, now, 3_000)
        async with serving(tmp_path) as client:
            found = await client.read(
                "statistics", Statistics, from_="2000-01-01", group_by="layer"
            )
            calls = await client.listed("requests", CallRow, limit=5)
            tokens = await client.listed("tokens", Token)
    assert found.totals.requests == sum(group.counts.requests for group in found.groups) > 3_000
    assert found.savings is not None
    assert found.savings.baseline == BASELINE
    assert found.savings.saved_usd == found.savings.baseline_usd - found.savings.cost_usd > 0
    assert found.totals.fallbacks == sum(reason.requests for reason in found.fallbacks) > 0
    assert {group.key for group in found.groups} == {
        "exact_cache", "semantic_cache", "rules", "semantic", "arbiter", "default"
    }  # fmt: skip
    assert found.totals.unpriced == 0
    assert calls[0].client
    assert all(each.last_used_at for each in tokens if each.name in TOKENS)
