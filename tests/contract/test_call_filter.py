"""Queries are read strictly: what merely resembles a number, or is unknown, is refused."""

import pytest
from pydantic import ValidationError

from butler.contract.call_filter import ExportQuery, LogQuery, PageQuery


@pytest.mark.parametrize("text", ["1", "50", "1000"])
def test_whole_numbers(text: str) -> None:
    assert PageQuery.model_validate({"limit": text}).limit == int(text)


@pytest.mark.parametrize("text", ["", "1.0", "1e2", " 1", "-1", "0", "1001", "²", "9" * 5_000])
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValidationError):
        PageQuery.model_validate({"limit": text})


def test_names_as_they_travel() -> None:
    query = LogQuery.model_validate({"from": "2026-01-01", "layer": ["rules"]})
    assert (query.from_, query.layer, query.to) == ("2026-01-01", ["rules"], None)
    assert ExportQuery().format == "csv"


@pytest.mark.parametrize(
    "said", [{"form": "csv"}, {"layer": ["a\0b"]}, {"text": "\0"}, {"from": "x" * 41}]
)
def test_what_does_not_fit(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        LogQuery.model_validate(said)
