"""Only what the owner alone can mend is told to them, with a way out."""

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.call import Target
from butler.engine.dispatch.alerts import alert_of, passing
from butler.engine.dispatch.breaker import Standing
from butler.engine.errors import FailureKind

REASON = "The provider answered with status 401, invalid_api_key."


@pytest.mark.parametrize("kind", FailureKind)
def test_what_is_told(kind: FailureKind) -> None:
    found = alert_of(Standing(Target("acme", "alpha"), kind, REASON, 15.0, 1))
    codes = {
        FailureKind.KEY_REJECTED: ProblemCode.KEY_REJECTED,
        FailureKind.OUT_OF_CREDIT: ProblemCode.OUT_OF_CREDIT,
    }
    assert (found.code if found else None) == codes.get(kind)
    if found:
        assert "acme" in found.detail
        assert REASON in found.detail
        assert found.hint


def test_what_passes_says_for_how_long() -> None:
    standing = Standing(Target("acme", "alpha"), FailureKind.TIMEOUT, "3 of 5 failed", 30.0, 1)
    assert alert_of(standing) is None
    told = passing(standing)
    assert (told.code, told.detail) == (
        "breaker_open",
        "acme/alpha is left alone for 30 s: 3 of 5 failed",
    )
