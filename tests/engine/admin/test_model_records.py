"""Models between their two shapes: what is not known is left out, not written as nothing."""

from decimal import Decimal

import pytest

from butler.contract.resources import ModelDetails, ModelIn, Prices
from butler.engine.admin.model_records import (
    check_alias,
    check_aliases,
    check_models,
    details_json,
    model_row,
)
from butler.engine.errors import ConfigError
from butler.engine.store.models import ModelRecord


def test_what_is_not_known_is_left_out_and_comes_back_as_not_known() -> None:
    details = ModelDetails(tools=False, prices=Prices(input_usd=Decimal("0.10")))
    stored = details_json(details)
    assert stored == {"tools": False, "prices": {"input_usd": "0.10"}}
    record = ModelRecord(
        id="m", provider_id="p", name="x/y", alias=None, enabled=True, position=0, details=stored
    )
    row = model_row(record, "acme")
    assert row.target == "acme/x/y"
    assert ModelDetails.model_validate(row.model_dump(include=set(ModelDetails.model_fields))) == (
        details
    )


def test_names_and_aliases_that_clash() -> None:
    for wanted in ([ModelIn(name="a"), ModelIn(name="a")], [ModelIn(name="a", alias="auto")]):
        with pytest.raises(ConfigError):
            check_models(wanted)
    with pytest.raises(ConfigError, match="alias 'x' already"):
        check_aliases((), [ModelIn(name="a", alias="x"), ModelIn(name="b", alias="x")])
    check_aliases((), [ModelIn(name="a"), ModelIn(name="b")])
    with pytest.raises(ConfigError, match="`auto` can not"):
        check_alias("AUTO", (), "alias")
