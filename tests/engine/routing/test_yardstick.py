"""The scale of another model: the same nearness, whatever its cosines are."""

import pytest

from butler.engine.routing.yardstick import FITTED, measured


def test_a_model_of_narrow_cosines_is_stretched_to_the_fitted_scale() -> None:
    narrow = measured([0.75, 0.8, 0.85] * 10)
    assert narrow is not None
    assert narrow.fitted(0.8) == pytest.approx(FITTED.mean)
    assert narrow.fitted(0.8 + narrow.spread) == pytest.approx(FITTED.mean + FITTED.spread)


def test_the_fitted_scale_leaves_cosines_as_they_are() -> None:
    assert FITTED.fitted(0.4) == pytest.approx(0.4)


def test_too_few_pairs_tell_nothing() -> None:
    assert measured([0.5] * 19) is None
    same = measured([0.5] * 20)
    assert same is not None
    assert same.spread > 0
