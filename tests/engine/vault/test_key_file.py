"""The key file: made once, closed to others, never written over."""

import os
from pathlib import Path

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.errors import VaultError
from butler.engine.vault.key_file import KeyFile
from butler.engine.vault.master_key import FoundKey, Obstacle, new_key, parse_key

posix_only = pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")


def codes(found: FoundKey | Obstacle) -> list[ProblemCode]:
    assert isinstance(found, FoundKey)
    return [warning.code for warning in found.warnings]


def names(directory: Path) -> list[str]:
    return [path.name for path in directory.glob("*.key")]


async def key_of(place: KeyFile, vault_id: str) -> bytes:
    found = await place.read(vault_id)
    assert isinstance(found, FoundKey)
    return found.key


async def test_a_kept_key_is_found_again_with_a_warning(tmp_path: Path) -> None:
    key = new_key()
    kept = await KeyFile(tmp_path).keep("any", key)
    found = await KeyFile(tmp_path).read("any")
    assert isinstance(found, FoundKey)
    assert found.key == key
    assert kept == found
    assert codes(found) == [ProblemCode.KEY_FILE_IN_USE]
    assert str(tmp_path / "master.key") in found.warnings[0].detail


async def test_the_file_holds_what_the_environment_variable_takes(tmp_path: Path) -> None:
    key = new_key()
    await KeyFile(tmp_path).keep("any", key)
    assert parse_key((tmp_path / "master.key").read_text(), "the file") == key


@posix_only
async def test_the_file_is_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await KeyFile(tmp_path).keep("any", new_key())
    finally:
        os.umask(before)
    assert (tmp_path / "master.key").stat().st_mode & 0o777 == 0o600


@posix_only
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
async def test_an_open_file_is_used_and_warned_about(tmp_path: Path, mode: int) -> None:
    await KeyFile(tmp_path).keep("any", new_key())
    (tmp_path / "master.key").chmod(mode)
    found = await KeyFile(tmp_path).read("any")
    assert codes(found) == [ProblemCode.KEY_FILE_IN_USE, ProblemCode.KEY_FILE_EXPOSED]


async def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(b"whatever it is")
    assert codes(await KeyFile(tmp_path).keep("any", new_key())) == [ProblemCode.KEY_FILE_IN_USE]
    assert await KeyFile(tmp_path).keep("any", new_key()) is Obstacle.FAILED
    assert path.read_bytes() == b"whatever it is"


async def test_two_vaults_keys_lie_side_by_side_until_one_is_forgotten(tmp_path: Path) -> None:
    place = KeyFile(tmp_path)
    old, new, newest = new_key(), new_key(), new_key()
    await place.keep("vault_1", old)
    kept = await place.keep("vault_2", new)
    assert isinstance(kept, FoundKey)
    assert "master-vault_2.key" in kept.warnings[0].detail
    assert await key_of(place, "vault_1") == old
    assert await key_of(place, "vault_2") == new
    await place.forget("vault_1")
    assert await key_of(place, "vault_2") == new
    assert names(tmp_path) == ["master-vault_2.key"]
    await place.keep("vault_3", newest)
    await place.forget("vault_2")
    assert await key_of(place, "vault_3") == newest
    assert names(tmp_path) == ["master.key"]
    await place.forget("vault_3")
    await place.forget("vault_3")
    assert await place.read("vault_3") is Obstacle.EMPTY


async def test_no_file_means_no_key(tmp_path: Path) -> None:
    assert await KeyFile(tmp_path).read("any") is Obstacle.EMPTY


async def test_a_place_that_can_not_be_written_takes_no_key(tmp_path: Path) -> None:
    assert await KeyFile(tmp_path / "missing").keep("any", new_key()) is Obstacle.FAILED


async def test_a_file_that_can_not_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "master.key").mkdir()
    assert await KeyFile(tmp_path).read("any") is Obstacle.UNREADY


@posix_only
async def test_a_torn_key_is_removed(tmp_path: Path) -> None:
    limit = pytest.importorskip("resource")
    signals = pytest.importorskip("signal")
    before = limit.getrlimit(limit.RLIMIT_FSIZE)
    ignored = signals.signal(signals.SIGXFSZ, signals.SIG_IGN)
    limit.setrlimit(limit.RLIMIT_FSIZE, (10, before[1]))
    try:
        kept = await KeyFile(tmp_path).keep("any", new_key())
    finally:
        limit.setrlimit(limit.RLIMIT_FSIZE, before)
        signals.signal(signals.SIGXFSZ, ignored)
    assert kept is Obstacle.FAILED
    assert await KeyFile(tmp_path).read("any") is Obstacle.EMPTY


@pytest.mark.parametrize("content", [b"", b"torn", b"\xff\xfe\x00binary"])
async def test_a_file_without_a_key_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    with pytest.raises(VaultError, match=r"master\.key") as caught:
        await KeyFile(tmp_path).read("any")
    assert caught.value.problems[0].code is ProblemCode.MASTER_KEY_MALFORMED
    assert path.read_bytes() == content
