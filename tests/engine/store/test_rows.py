"""Records and rows carry the same names."""

import dataclasses

import pytest

from butler.engine.store.rows import row_of
from butler.engine.store.tables import models, providers, requests, rules, tokens
from tests.engine.store import records


@pytest.mark.parametrize(
    ("record", "table", "elsewhere"),
    [
        (records.provider(), providers, set()),
        (records.model(), models, set()),
        (records.rule(), rules, {"targets"}),
        (records.token(), tokens, set()),
        (records.request(), requests, set()),
    ],
)
def test_a_record_has_a_field_for_every_column(
    record: object, table: object, elsewhere: set[str]
) -> None:
    derived = {name for name, it in vars(type(record)).items() if isinstance(it, property)}
    assert set(row_of(record)) - elsewhere | derived == set(table.c.keys())


def test_a_row_holds_the_very_values() -> None:
    options = {"deep": [1, {"er": 2}]}
    assert row_of(records.provider(options=options))["options"] is options


def test_records_can_not_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        records.token().name = "other"  # type: ignore[misc]
