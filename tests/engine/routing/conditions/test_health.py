"""Healthy or failing, by the share of failures and the breaker."""

from typing import Any

import pytest

from butler.engine.call import Call, Target
from tests.engine.routing.calls import CHEAP, STRONG, Live, Revision, reader, saying

OPEN = Target("shop", "open")


LIVE = Live(failing={STRONG: 0.4}, open=frozenset({OPEN}))


def asked() -> Call:
    call = saying("hi")
    call.runtime = Revision(live=LIVE)
    return call


@pytest.mark.parametrize(
    ("target", "spec", "healthy"),
    [
        (CHEAP, {}, True),
        (STRONG, {}, False),
        (STRONG, {"max_failure_rate": 0.4}, True),
        (STRONG, {"max_failure_rate": 0.39}, False),
        (OPEN, {"max_failure_rate": 1}, False),
        (CHEAP, {"target": "shop/open"}, False),
    ],
)
def test_a_target_is_healthy_or_failing(
    target: Target, spec: dict[str, Any], healthy: bool
) -> None:
    wanted = reader().about(target)
    for state, holds in (("healthy", healthy), ("failing", not healthy)):
        found = wanted.read({"kind": "health", "state": state, **spec}).match(asked())
        assert (found is not None) is holds


def test_the_match_says_why() -> None:
    found = reader().about(STRONG).read({"kind": "health", "state": "failing"}).match(asked())
    assert found is not None
    assert found.reason == "shop/strong failed 40% of recent attempts"


@pytest.mark.parametrize("state", ["healthy", "failing"])
def test_a_rule_without_any_target_is_neither(state: str) -> None:
    assert reader().read({"kind": "health", "state": state}).match(asked()) is None
