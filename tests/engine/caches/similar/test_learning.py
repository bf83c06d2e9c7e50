"""Hits are remembered, and a wrong one raises the bar for its words."""

from butler.engine.caches.similar.chores import Chores
from butler.engine.caches.similar.learning import Learning
from butler.engine.caches.similar.shelf import MemoryShelf
from tests.engine.caches.similar.samples import ANOTHER, REWORDED, TEXT, hit, question


async def test_a_hit_is_remembered_past_the_process() -> None:
    shelf, chores = MemoryShelf(), Chores("test")
    chores.start()
    learning = Learning(shelf, chores)
    learning.note("req_2", hit())
    assert await learning.hit("req_2") == hit()
    await chores.done()
    later = Learning(shelf, chores)
    assert await later.hit("req_2") is None
    later.found_hit("req_2")
    assert await later.hit("req_2") == hit()
    await chores.close()


async def test_a_mistake_raises_the_bar_for_such_words() -> None:
    shelf, chores = MemoryShelf(), Chores("test")
    chores.start()
    learning = Learning(shelf, chores)
    learning.note("req_2", hit(score=0.96))
    assert learning.learn("req_2", hit(score=0.96)) == 0.98
    for text in (TEXT, REWORDED):
        assert learning.least(question(text)) == 0.98
    assert learning.least(question(ANOTHER)) == 0
    assert await learning.hit("req_2") is None
    await chores.done()
    assert [key.split("/")[0] for key, _ in shelf.items()] == ["lesson"]
    learning.clear()
    await chores.close()
    assert list(shelf.items()) == []
