"""A query's filters, as the store takes them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from butler.contract.call_filter import LogQuery
from butler.engine.admin.call_filter import filter_of, modalities_shown, values_of
from butler.engine.errors import ConfigError


def test_everything_is_let_through() -> None:
    chosen = filter_of(LogQuery())
    assert (chosen.since, chosen.until, chosen.values, chosen.endings) == (None, None, {}, [])


def test_times_are_of_the_zone() -> None:
    query = LogQuery.model_validate(
        {"from": "2026-03-28", "to": "2026-03-29", "tz": "Europe/Berlin"}
    )
    chosen = filter_of(query)
    assert chosen.since == datetime(2026, 3, 27, 23, tzinfo=UTC)
    # The day on which clocks go forward is over an hour sooner.
    assert chosen.until == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_values() -> None:
    query = LogQuery(layer=["rules", ""], modality=["text+image"], min_cost_usd=Decimal("0.5"))
    assert values_of(query) == {"layer": ["rules", ""], "modality": ['["image","text"]']}
    assert filter_of(query).min_cost_usd == Decimal("0.5")
    assert modalities_shown('["image","text"]') == "image+text"
    assert modalities_shown("") == ""


@pytest.mark.parametrize(
    ("said", "field"),
    [({"tz": "No/Where"}, "tz"), ({"from": "soon"}, "from"), ({"to": "2026-99-99"}, "to")],
)
def test_misfits_are_named(said: dict[str, str], field: str) -> None:
    with pytest.raises(ConfigError) as caught:
        filter_of(LogQuery.model_validate(said))
    assert caught.value.problems[0].field == field
