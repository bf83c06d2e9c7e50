"""Where things stand in JSON: every value at its place, every fault where it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.desktop.models.json_places import (
    Document,
    Fault,
    Misread,
    Path,
    line_and_column,
    path_of,
    read_json,
)
from tests.desktop.models.test_json_writing import VALUES


def _all(value: object, path: Path = ()) -> list[tuple[Path, object]]:
    """Every value inside a value, with its path."""
    found: list[tuple[Path, object]] = [(path, value)]
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for part, inner in pairs:
        found += _all(inner, (*path, part))
    return found


@given(
    value=VALUES,
    indent=st.sampled_from([None, 0, 2, "\t"]),
    ascii_only=st.booleans(),
    around=st.sampled_from(["", " ", "\n\t", "\r\n"]),
)
def test_every_value_stands_at_its_place(
    value: object, indent: int | str | None, ascii_only: bool, around: str
) -> None:
    text = around + json.dumps(value, indent=indent, ensure_ascii=ascii_only) + around
    document = read_json(text)
    assert document.value == value
    expected = dict(_all(value))
    assert set(document.values) == set(expected)
    for path, place in document.values.items():
        assert json.loads(text[place.start : place.stop]) == expected[path]
    for path, place in document.names.items():
        assert json.loads(text[place.start : place.stop]) == path[-1]


def _twice(pairs: list[tuple[str, object]]) -> object:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name occurs twice")
    return dict(pairs)


def _no(word: str) -> object:
    raise ValueError(f"{word} is no number")


@given(value=VALUES, data=st.data())
def test_it_refuses_what_others_refuse(value: object, data: st.DataObject) -> None:
    """However a text is damaged: it is read exactly where Python's own reader reads it."""
    text = json.dumps(value, indent=data.draw(st.sampled_from([None, 2])))
    at = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(at, min(at + 2, len(text))))
    sign = data.draw(st.sampled_from(["", ",", ":", '"', "{", "}", "[", "]", "\\", "1", "\n", "e"]))
    damaged = text[:at] + sign + text[stop:]
    try:
        expected = json.loads(damaged, object_pairs_hook=_twice, parse_constant=_no)
    except ValueError:
        with pytest.raises(Misread) as caught:
            read_json(damaged)
        place = caught.value.place
        assert 0 <= place.start <= len(damaged)
        assert place.start <= place.stop
    else:
        try:
            assert read_json(damaged).value == expected
        except Misread as error:
            # Half of a surrogate pair, and more than a float can hold, are read by Python alone.
            assert error.fault in {Fault.ESCAPE, Fault.NUMBER}


FAULTS = [
    ("", Fault.VALUE, (1, 1)),
    ("{\n  rules: []}", Fault.NAME, (2, 3)),
    ('{"a" 1}', Fault.COLON, (1, 6)),
    ('{"a": 1 "b": 2}', Fault.COMMA, (1, 9)),
    ('{"a": [1, 2,\n]}', Fault.TRAILING, (1, 12)),
    ('{"a": "b\n}', Fault.OPEN, (1, 7)),
    ('["\\x"]', Fault.ESCAPE, (1, 3)),
    ('["\\ud800"]', Fault.ESCAPE, (1, 2)),
    ('["a\tb"]', Fault.CONTROL, (1, 4)),
    ("[01]", Fault.NUMBER, (1, 2)),
    ("[1e999]", Fault.NUMBER, (1, 2)),
    ("[NaN]", Fault.VALUE, (1, 2)),
    ("[True]", Fault.VALUE, (1, 2)),
    ("[] []", Fault.EXTRA, (1, 4)),
    ('{"a": 1,\n "a": 2}', Fault.TWICE, (2, 2)),
    ("[" * 70 + "]" * 70, Fault.DEEP, (1, 65)),
    ('{"a": ', Fault.VALUE, (1, 7)),
    ("[1", Fault.COMMA, (1, 3)),
]


@pytest.mark.parametrize(("text", "fault", "where"), FAULTS)
def test_a_fault_is_told_where_it_is(text: str, fault: Fault, where: tuple[int, int]) -> None:
    with pytest.raises(Misread) as caught:
        read_json(text)
    assert caught.value.fault is fault
    assert line_and_column(text, caught.value.place.start) == where


RULES = '{\n  "rules": [\n    {"name": "快", "when": {\n      "all": [{"kind": "x"}]}}\n  ]\n}'


def _said(document: Document, field: str, *, of_name: bool = False) -> str:
    place = document.place(path_of(field), of_name=of_name)
    return document.text[place.start : place.stop]


def test_a_field_leads_to_its_place() -> None:
    document = read_json(RULES)
    assert _said(document, "rules.0.name") == '"快"'
    assert _said(document, "rules.0.when.all[0].kind") == '"x"'
    assert _said(document, "rules.0.name", of_name=True) == '"name"'
    assert _said(document, "rules.0.when") == "{", "of what spans lines, the first"
    assert _said(document, "rules.0.when.all[0].tasks") == '{"kind": "x"}', "the nearest"
    assert _said(document, "") == "{"
    assert _said(read_json('{"7": 1}'), "7") == "1", "a number may be a name"
