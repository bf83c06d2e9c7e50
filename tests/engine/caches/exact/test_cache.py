"""The cache as it lives with the engine: memory, disk, time, room and master key."""

from pathlib import Path

from butler.engine.caches.exact.cache import ExactCache
from butler.engine.vault.vault import Vault
from tests.engine.caches.exact.entries import entry, key, keys


async def opened(folder: Path, vault: Vault | None = None, most_mb: int = 1) -> ExactCache:
    cache = ExactCache(folder, vault or Vault(bytes(32)), most_mb)
    await cache.open()
    return cache


async def test_an_answer_is_at_hand_at_once_and_on_disk_later(tmp_path: Path) -> None:
    cache = await opened(tmp_path)
    kept = entry()
    cache.keep(keys(1), kept)
    assert cache.known(key(1)) is not None
    assert cache.at_hand(key(1)) is kept
    await cache.close()
    again = await opened(tmp_path)
    assert again.entries == 1
    assert again.at_hand(key(1)) is None
    assert await again.read(key(1)) == kept
    assert again.at_hand(key(1)) == kept
    assert await again.clear() == 1
    assert again.known(key(1)) is None
    await again.close()


async def test_time_ends_an_answer(tmp_path: Path) -> None:
    cache = await opened(tmp_path)
    cache.keep(keys(1), entry(left_s=-1))
    assert cache.known(key(1)) is None
    assert (cache.entries, cache.bytes) == (0, 0)
    await cache.close()


async def test_the_one_that_was_not_used_for_longest_makes_room(tmp_path: Path) -> None:
    cache = await opened(tmp_path)
    for number in range(3):
        cache.keep(keys(number), entry("x" * 300_000))
    cache.used(key(0))
    cache.keep(keys(3), entry("x" * 300_000))
    assert [cache.known(key(number)) is not None for number in range(4)] == [
        True, False, True, True,
    ]  # fmt: skip
    assert cache.bytes <= 1024 * 1024
    await cache.close()
    again = await opened(tmp_path)
    assert again.entries == 3
    await again.close()


async def test_another_master_key_begins_anew(tmp_path: Path) -> None:
    vault, other = Vault(bytes(32)), Vault(bytes(31) + b"1")
    cache = await opened(tmp_path, vault)
    cache.keep(keys(1), entry())
    await cache.close()
    foreign = await opened(tmp_path, other)
    assert foreign.entries == 0
    foreign.keep(keys(2), entry())
    other.become(vault)
    foreign.follow(1)
    assert foreign.entries == 0
    await foreign.close()


async def test_misses_that_injections_made_are_counted(tmp_path: Path) -> None:
    cache = await opened(tmp_path)
    bare = keys(9).bare
    cache.keep(type(keys(1))(key(1), bare, key(1)), entry())
    assert cache.would_have_hit(type(keys(1))(key(2), bare, key(2)))
    assert not cache.would_have_hit(keys(3))
    assert cache.counts.would_have_hit == 1
    await cache.close()
