"""The live latency of the rule's first target, or of a named one."""

from typing import Any

import pytest

from butler.engine.call import Call
from tests.engine.routing.calls import CHEAP, STRONG, Live, Revision, reader, saying


def asked() -> Call:
    """Of one target alone something is known."""
    call = saying("hi")
    call.runtime = Revision(live=Live(ms={(CHEAP, 50): 100.0, (CHEAP, 95): 900.0}))
    return call


@pytest.mark.parametrize(
    ("spec", "holds"),
    [
        ({"max_ms": 100, "percentile": "p50"}, True),
        ({"max_ms": 99, "percentile": "p50"}, False),
        ({"max_ms": 500}, False),
        ({"max_ms": 900}, True),
        ({"max_ms": 1, "target": "shop/strong"}, True),
        ({"max_ms": 1, "target": "shop/strong", "unknown": "fails"}, False),
    ],
)
def test_the_percentile_is_compared(spec: dict[str, Any], holds: bool) -> None:
    found = reader().about(CHEAP).read({"kind": "latency", **spec}).match(asked())
    assert (found is not None) is holds


def test_the_match_says_what_is_known() -> None:
    spec = {"kind": "latency", "max_ms": 1000, "percentile": "p50"}
    known = reader().about(CHEAP).read(spec).match(asked())
    unknown = reader().about(STRONG).read(spec).match(asked())
    assert known is not None
    assert unknown is not None
    assert known.reason == "p50 of shop/cheap is 100 ms"
    assert unknown.reason == "p50 of shop/strong is not known yet"


def test_a_rule_without_any_target_has_no_latency() -> None:
    assert reader().read({"kind": "latency", "max_ms": 1}).match(asked()) is None
