"""It always holds, and says that it binds."""

from tests.engine.routing.calls import match


def test_it_holds_and_binds() -> None:
    found = match({"kind": "private"}, "hello")
    assert found is not None
    assert found.private
