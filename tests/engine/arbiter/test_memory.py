"""What is remembered: the latest, and no more than so many."""

from butler.engine.arbiter.answer import Answer
from butler.engine.arbiter.memory import Memory


def test_what_was_wanted_longest_ago_goes() -> None:
    memory = Memory(2)
    memory.put(b"a", Answer("a", None))
    memory.put(b"b", Answer("b", None))
    assert memory.get(b"a") == Answer("a", None)
    memory.put(b"c", Answer("c", None))
    assert memory.get(b"b") is None
    assert len(memory) == 2
    memory.clear()
    assert memory.get(b"a") is None
