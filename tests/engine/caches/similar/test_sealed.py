"""On disk a record is sealed, bound to its key, and worthless under another key."""

from pathlib import Path

from butler.engine.caches.similar.sealed import SealedShelf
from butler.engine.vault.vault import Vault

SECRET = b"what was asked"


def opened(folder: Path, vault: Vault) -> SealedShelf:
    shelf = SealedShelf(folder, vault)
    shelf.open()
    return shelf


def test_records_lie_sealed_and_are_there_again(tmp_path: Path) -> None:
    shelf = opened(tmp_path / "similar", Vault(bytes(32)))
    shelf.write("entry/1", SECRET)
    shelf.write("entry/2", b"more")
    shelf.remove(["entry/2"])
    shelf.close()
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(SECRET in data or b"entry/1" in data for data in files)
    again = opened(tmp_path / "similar", Vault(bytes(32)))
    assert list(again.items()) == [("entry/1", SECRET)]
    assert again.read("entry/1") == SECRET
    assert again.read("entry/2") is None
    again.close()


def test_under_another_key_there_is_nothing(tmp_path: Path) -> None:
    shelf = opened(tmp_path / "similar", Vault(bytes(32)))
    shelf.write("entry/1", SECRET)
    shelf.close()
    other = opened(tmp_path / "similar", Vault(bytes(range(32))))
    assert list(other.items()) == []
    assert other.read("entry/1") is None
    other.close()


def test_a_new_master_key_begins_anew(tmp_path: Path) -> None:
    vault = Vault(bytes(32))
    shelf = opened(tmp_path / "similar", vault)
    shelf.write("entry/1", SECRET)
    vault.become(Vault(bytes(range(32))))
    shelf.write("entry/2", SECRET)
    assert shelf.read("entry/1") is None
    assert shelf.read("entry/2") == SECRET
    shelf.close()
