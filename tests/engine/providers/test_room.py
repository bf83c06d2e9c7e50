"""An answer may be as long as its model can write, and as its context leaves room."""

import pytest

from butler.engine.call import ModelFacts, Target
from butler.engine.providers.room import room, within
from tests.engine.calls import HELLO, Revision, new_call

TARGET = Target("acme", "nobody-knows")


@pytest.mark.parametrize(
    ("context", "output", "expected"),
    [
        (None, None, None),
        (None, 500, 500),
        (100_000, 4_000, 4_000),
        (3_000, 4_000, 2_990),
        (100, 4_000, 1_024),
    ],
)
def test_room(context: int | None, output: int | None, expected: int | None) -> None:
    call = new_call(HELLO)
    facts = ModelFacts(context_tokens=context, output_tokens=output)
    call.runtime = Revision(known_facts={TARGET: facts})
    found = room(call, TARGET)
    assert found == (None if expected is None else pytest.approx(expected, abs=20))


def test_a_family_tells_where_nobody_else_does() -> None:
    assert room(new_call(HELLO), Target("acme", "claude-haiku-4-5")) == 64_000


def test_limits() -> None:
    assert [within(9, 5), within(3, 5), within(None, 5), within(9, None)] == [5, 3, None, 9]
