"""A name condition compares every name that a call has, and says which one it was."""

from butler.engine.call import Call
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.conditions.names import name_kind
from tests.engine.routing.calls import saying


def _names(_call: Call) -> tuple[str | None, ...]:
    return (None, "alpha", "Beta-" + "x" * 200)


KIND = name_kind("greek", "Greek letter", "letters", '["alpha"]', _names)


def test_the_first_name_that_is_like_one_is_told() -> None:
    found = KIND.read({"kind": "greek", "letters": ["beta*", "ALPHA"]}, Compiling())
    match = found.match(saying("hi"))
    assert match is not None
    assert (match.reason, match.words) == ("greek letter is alpha", ("alpha",))


def test_a_long_name_is_cut_where_it_is_told() -> None:
    match = KIND.read({"letters": ["beta*"]}, Compiling()).match(saying("hi"))
    assert match is not None
    assert len(match.words[0]) == 80


def test_no_name_is_like_none() -> None:
    assert KIND.read({"letters": ["gamma"]}, Compiling()).match(saying("hi")) is None
