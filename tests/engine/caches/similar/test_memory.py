"""The cache keeps, finds, forgets, learns, and has everything again after a restart."""

from pathlib import Path

from butler.engine.caches.similar.entries import Bounds
from butler.engine.caches.similar.shelf import MemoryShelf
from tests.engine.caches.similar.samples import ANOTHER, EDITED, REWORDED, TEXT, answer, question
from tests.engine.caches.similar.samples import cache as new_cache
from tests.engine.caches.similar.samples import hit as new_hit

DAY_S = 86_400.0


async def test_what_is_kept_is_found_now_and_after_a_restart(tmp_path: Path) -> None:
    shelf = MemoryShelf()
    cache = new_cache(tmp_path, shelf)
    cache.start()
    cache.keep(question(), answer(), "req_1", None)
    await cache.settled()
    await cache.close()
    again = new_cache(tmp_path, shelf)
    again.start()
    await again.settled()
    for living in (cache, again):
        (entry,) = living.alike(question(EDITED), DAY_S)
        record = await living.record(entry)
        assert record is not None
        assert record.answer == answer()
        assert record.source == "req_1"
        assert living.alike(question(ANOTHER), DAY_S) == ()
    await again.close()


async def test_what_is_too_old_is_not_found_and_leaves(tmp_path: Path) -> None:
    cache = new_cache(tmp_path)
    cache.start()
    cache.keep(question(), answer(age_s=100), "req_1", None)
    await cache.settled()
    assert cache.alike(question(), 50) == ()
    assert len(cache.alike(question(), 200)) == 1
    cache.bound(Bounds(ttl_s=50))
    await cache.settled()
    assert len(cache) == 0
    await cache.close()


async def test_a_record_that_is_gone_takes_its_entry_along(tmp_path: Path) -> None:
    shelf = MemoryShelf()
    cache = new_cache(tmp_path, shelf)
    cache.start()
    cache.keep(question(), answer(), "req_1", None)
    await cache.close()
    again = new_cache(tmp_path, shelf)
    again.start()
    await again.settled()
    (entry,) = again.alike(question(), DAY_S)
    shelf.remove([key for key, _ in shelf.items()])
    assert await again.record(entry) is None
    assert len(again) == 0
    await again.close()


async def test_a_wrong_answer_leaves_and_others_may_not_say_so(tmp_path: Path) -> None:
    shelf = MemoryShelf()
    cache = new_cache(tmp_path, shelf)
    cache.start()
    cache.keep(question(), answer(), "req_1", None)
    await cache.settled()
    (entry,) = cache.alike(question(), DAY_S)
    cache.note_hit("req_2", new_hit(entry.key))
    assert await cache.reject("req_2", "tok_other") is None
    assert await cache.reject("req_nothing") is None
    told = await cache.reject("req_2", "tok_1")
    assert told is not None
    assert told.least == 0.98
    assert len(cache) == 0
    await cache.close()
    again = new_cache(tmp_path, shelf)
    again.start()
    await again.settled()
    assert again.least(question(REWORDED)) == 0.98
    assert await again.hit("req_2") is None
    assert again.clear() == 0
    await again.close()
    assert list(shelf.items()) == []


async def test_the_bound_holds_on_the_shelf_too(tmp_path: Path) -> None:
    shelf = MemoryShelf()
    cache = new_cache(tmp_path, shelf)
    cache.start()
    cache.bound(Bounds(most=2))
    for number in range(5):
        cache.keep(question(f"What is {number} plus {number}?"), answer(), "req", None)
    await cache.settled()
    assert len(cache) == len(list(shelf.items())) == 2
    cache.keep(question(TEXT), answer(), "req", None)
    await cache.close()
    assert len(cache) == 2
