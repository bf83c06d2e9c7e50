"""Members of JSON objects count only where they are of the type that they must be."""

from typing import Any

import pytest

from butler.engine.dialects import members


@pytest.mark.parametrize("value", [None, True, 0, 1.5, "text", [1], {"a": 1}], ids=repr)
def test_what_is_of_another_type_is_not_given(value: Any) -> None:
    read = {
        members.as_list: list,
        members.as_object: dict,
        members.as_text: str,
        members.as_flag: bool,
    }
    for reader, wanted in read.items():
        given = reader(value)
        assert given == value if isinstance(value, wanted) else not given


def test_numbers_are_no_flags() -> None:
    assert members.as_number(True) is None
    assert members.as_whole(True) is None
    assert members.as_number(1.5) == 1.5
    assert members.as_whole(1.5) is None
    assert members.as_whole(7) == 7


def test_a_refusal_says_where() -> None:
    error = members.unreadable("input[3]", "is not an object")
    assert (error.status, error.code, error.param) == (400, "invalid_value", "input[3]")
    assert error.message == "`input[3]` is not an object."
