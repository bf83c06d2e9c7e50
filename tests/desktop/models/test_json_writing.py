"""JSON as people edit it: whatever it says, it is read back as it was."""

import json

from hypothesis import given
from hypothesis import strategies as st

from butler.desktop.models.json_writing import pretty

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip
"""Anything that JSON can say."""


@given(value=VALUES, opened=st.integers(0, 4))
def test_it_says_what_it_said(value: object, opened: int) -> None:
    written = pretty(value, opened)  # type: ignore[arg-type]
    assert json.loads(written) == value
    for sign in "\u00a0\u2028\u2029":
        assert sign not in written


def test_what_fits_stands_in_a_line() -> None:
    long = {"kind": "keywords", "any_of": ["word"] * 12}
    assert pretty({"rules": [{"name": "a", "when": {"all": [{"kind": "x"}]}}]}, 3) == (
        '{\n  "rules": [\n    {\n      "name": "a",\n'
        '      "when": {"all": [{"kind": "x"}]}\n    }\n  ]\n}'
    )
    assert pretty([long]).count("\n") > 3
    assert pretty({"rules": []}, 3) == '{\n  "rules": []\n}'
