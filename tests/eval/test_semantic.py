"""CI's floors under routing by meaning, on prompts written for this product."""

import pytest

from butler.engine.signals.embedder.sources import shipped
from tests.eval.semantic import (
    ANSWERED_FLOOR,
    LEAST,
    RIGHT_FLOOR,
    Judged,
    calibration_error,
    judge,
    own_prompts,
    rates,
    refit,
)


@pytest.mark.skipif(shipped() is None, reason="the embedding model is not built")
def test_what_is_answered_is_mostly_right() -> None:
    judged = judge(own_prompts("en"))
    answered, right = rates(judged, LEAST)
    assert answered >= ANSWERED_FLOOR
    assert right >= RIGHT_FLOOR
    assert calibration_error(judged) <= 0.10


def test_a_fit_leaves_what_is_calibrated_and_mends_what_is_not() -> None:
    true = [Judged(0.8, True)] * 80 + [Judged(0.8, False)] * 20
    true += [Judged(0.4, True)] * 40 + [Judged(0.4, False)] * 60
    assert refit(true) == pytest.approx((1, 0), abs=1e-6)
    rash = [Judged(0.9, True)] * 60 + [Judged(0.9, False)] * 40
    rash += [Judged(0.5, True)] * 50 + [Judged(0.5, False)] * 50
    slope, _ = refit(rash)
    assert slope < 0.5
