"""Statistics of the engine as a chart: names, order, colours, figures."""

from decimal import Decimal

import pytest

from butler.contract.statistics import Line, Statistics
from butler.desktop.look import Look
from butler.desktop.models.spans import SPANS
from butler.desktop.models.trend import MEASURES, group_name, trend
from butler.desktop.tokens import LIGHT

_TIMES = ["2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z"]


def _line(key: str | None, requests: list[int], cost: str = "0") -> Line:
    zeros = [0, 0]
    return Line(
        key=key,
        label=key or "",
        requests=requests,
        errors=zeros,
        fallbacks=zeros,
        cache_hits=zeros,
        input_tokens=[900, 1_500_000],
        output_tokens=[100, 0],
        images=zeros,
        cost_usd=[Decimal(cost), Decimal(0)],
        saved_usd=None,
    )


def _statistics(group_by: str, lines: list[Line]) -> Statistics:
    counts = dict.fromkeys(
        "requests errors cancelled fallbacks cache_hits estimated unpriced input_tokens "
        "output_tokens cached_tokens cache_write_tokens reasoning_tokens images cost_usd".split(),
        0,
    )
    return Statistics.model_validate(
        {
            "starts_at": _TIMES[0],
            "ends_at": _TIMES[1],
            "tz": None,
            "bucket": "hour",
            "group_by": group_by,
            "source": "rollups",
            "complete": True,
            "totals": counts,
            "cache_hit_rate": None,
            "savings": None,
            "spread": {},
            "fallbacks": [],
            "groups": [],
            "series": {"starts_at": _TIMES, "lines": [line.model_dump() for line in lines]},
        }
    )


def test_layers_stand_in_the_order_in_which_they_are_asked(look: Look) -> None:
    found = _statistics(
        "layer",
        [_line("default", [1, 2]), _line("rules", [3, 4]), _line("", [0, 1]), _line("pin", [1, 1])],
    )
    data = trend(found, MEASURES[0], SPANS[0], look)
    assert [each.label for each in data.series] == ["Pinned", "Rule", "Default", "Nobody"]
    assert data.series[1].values == (3, 4)
    colours = [each.colour(LIGHT) for each in data.series]
    assert colours[1] == LIGHT.layer("rules")
    assert colours[0] != colours[2], "side by side, no two layers look the same"


def test_groups_have_a_colour_each_and_the_rest_is_grey(look: Look) -> None:
    lines = [_line(f"p/{at}", [1, 0]) for at in range(5)]
    data = trend(_statistics("model", [*lines, _line(None, [1, 0])]), MEASURES[0], SPANS[0], look)
    colours = [each.colour(LIGHT) for each in data.series]
    assert len(set(colours)) == 6
    assert colours[-1] == LIGHT.layer("default")
    assert data.series[-1].label == "All others"


@pytest.mark.parametrize(
    ("measure", "values", "written"),
    [
        ("cost", (0.25, 0), "$0.25"),
        ("tokens", (1_000, 1_500_000), "1 k"),
        ("saved", (0, 0), "$0.00"),
    ],
)
def test_measures(look: Look, measure: str, values: tuple[float, ...], written: str) -> None:
    chosen = next(each for each in MEASURES if each.name == measure)
    found = _statistics("model", [_line("a/b", [1, 1], "0.25")])
    (series,) = trend(found, chosen, SPANS[0], look).series
    assert series.values == values
    assert chosen.write(series.values[0]) == written


def test_what_is_lost_is_below_zero() -> None:
    saved = next(each for each in MEASURES if each.name == "saved")
    assert saved.write(-1.5) == "-$1.50"


def test_names(look: Look) -> None:
    assert group_name("image+text", "image+text", "modality", look) == "Images + Text"
    assert group_name("", "", "rule", look) == "No rule"
    assert group_name("id-1", "laptop", "token", look) == "laptop"
