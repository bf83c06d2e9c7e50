"""Opening the vault of a data directory: on the first start, later, and when the key is gone."""

from pathlib import Path

import pytest
from keyring.backends import fail
from keyring.errors import KeyringLocked

from butler.contract.problems import ProblemCode
from butler.engine.errors import VaultError
from butler.engine.vault.environment import Environment
from butler.engine.vault.key_file import KeyFile
from butler.engine.vault.master_key import KeySource, new_key, write_key
from butler.engine.vault.os_keyring import OsKeyring
from butler.engine.vault.vault import OpenedVault, Vault, open_vault, usual_sources
from tests.engine.vault.keyrings import (
    FailingKeyring,
    ForgetfulKeyring,
    MemoryKeyring,
    PromptingKeyring,
)

RECORD = "provider/p1/key"
LOCKED = FailingKeyring(KeyringLocked("locked"))


def places(
    data_dir: Path, keyring: MemoryKeyring, master_key: bytes | None = None
) -> list[KeySource]:
    """All three places, as the engine uses them."""
    variables = {} if master_key is None else {"BUTLER_MASTER_KEY": write_key(master_key)}
    return [OsKeyring(keyring, timeout_s=0.2), Environment(variables), KeyFile(data_dir)]


def files(data_dir: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in data_dir.iterdir() if path.is_file()}


async def refusal(sources: list[KeySource], check: bytes | None) -> VaultError:
    with pytest.raises(VaultError) as caught:
        await open_vault(sources, "vault_1", check)
    assert caught.value.problems[0].hint
    return caught.value


def warning_codes(opened: OpenedVault) -> list[ProblemCode]:
    return [warning.code for warning in opened.warnings]


async def test_the_first_start_makes_a_key_in_the_keyring(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    first = await open_vault(places(tmp_path, keyring), "vault_1", None)
    assert (first.source_name, first.warnings) == ("os_keyring", ())
    assert len(keyring.passwords) == 1
    assert files(tmp_path) == {}
    again = await open_vault(places(tmp_path, keyring), "vault_1", first.check)
    assert again.check == first.check
    assert again.vault.open(RECORD, first.vault.seal(RECORD, b"sk-1")) == b"sk-1"


@pytest.mark.parametrize("keyring", [fail.Keyring(), LOCKED, ForgetfulKeyring()])
async def test_without_a_usable_keyring_the_first_start_makes_a_key_file(
    tmp_path: Path, keyring: MemoryKeyring
) -> None:
    first = await open_vault(places(tmp_path, keyring), "vault_1", None)
    assert first.source_name == "key_file"
    assert warning_codes(first) == [ProblemCode.KEY_FILE_IN_USE]
    again = await open_vault(places(tmp_path, keyring), "vault_1", first.check)
    assert again.vault.open(RECORD, first.vault.seal(RECORD, b"sk-1")) == b"sk-1"
    assert warning_codes(again) == [ProblemCode.KEY_FILE_IN_USE]


async def test_a_prompt_that_nobody_answers_is_asked_once_at_the_first_start(
    tmp_path: Path,
) -> None:
    keyring = PromptingKeyring()
    first = await open_vault(places(tmp_path, keyring), "vault_1", None)
    keyring.answered.set()
    assert first.source_name == "key_file"
    assert keyring.passwords == {}


async def test_a_given_key_is_used_and_stored_nowhere(tmp_path: Path) -> None:
    keyring, key = MemoryKeyring(), new_key()
    first = await open_vault(places(tmp_path, keyring, key), "vault_1", None)
    assert (first.source_name, first.warnings) == ("environment", ())
    assert keyring.passwords == {}
    assert files(tmp_path) == {}
    assert Vault(key).open(RECORD, first.vault.seal(RECORD, b"sk-1")) == b"sk-1"


async def test_a_first_start_that_was_cut_off_goes_on_with_the_key_it_made(
    tmp_path: Path,
) -> None:
    keyring = MemoryKeyring()
    cut_off = await open_vault(places(tmp_path, keyring), "vault_1", None)
    second = await open_vault(places(tmp_path, keyring), "vault_1", None)
    assert second.vault.open(RECORD, cut_off.vault.seal(RECORD, b"sk-1")) == b"sk-1"


async def test_the_first_place_whose_key_fits_wins(tmp_path: Path) -> None:
    keyring, key = MemoryKeyring(), new_key()
    await OsKeyring(keyring).keep("vault_1", new_key())
    await KeyFile(tmp_path).keep("vault_1", new_key())
    check = (await open_vault([Environment(_given(key))], "vault_1", None)).check
    opened = await open_vault(places(tmp_path, keyring, key), "vault_1", check)
    assert opened.source_name == "environment"
    assert opened.warnings == ()


async def test_wrong_keys_are_named_and_nothing_is_touched(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    await OsKeyring(keyring).keep("vault_1", new_key())
    await KeyFile(tmp_path).keep("vault_1", new_key())
    before = (dict(keyring.passwords), files(tmp_path))
    check = (await open_vault([Environment(_given(new_key()))], "vault_1", None)).check
    error = await refusal(places(tmp_path, keyring), check)
    assert error.problems[0].code is ProblemCode.MASTER_KEY_WRONG
    assert "the OS keyring holds another key" in str(error)
    assert "BUTLER_MASTER_KEY holds no key" in str(error)
    assert "master.key holds another key" in str(error)
    assert (keyring.passwords, files(tmp_path)) == before


async def test_a_missing_key_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    check = (await open_vault([Environment(_given(new_key()))], "vault_1", None)).check
    keyring = MemoryKeyring()
    error = await refusal(places(tmp_path, keyring), check)
    assert error.problems[0].code is ProblemCode.MASTER_KEY_MISSING
    assert keyring.passwords == {}
    assert files(tmp_path) == {}


async def test_a_locked_keyring_is_named(tmp_path: Path) -> None:
    check = (await open_vault([Environment(_given(new_key()))], "vault_1", None)).check
    error = await refusal(places(tmp_path, LOCKED), check)
    assert error.problems[0].code is ProblemCode.MASTER_KEY_MISSING
    assert "the OS keyring is locked" in str(error)


async def test_the_key_of_another_data_directory_does_not_fit(tmp_path: Path) -> None:
    key = new_key()
    other = await open_vault([Environment(_given(key))], "vault_2", None)
    error = await refusal(places(tmp_path, MemoryKeyring(), key), other.check)
    assert error.problems[0].code is ProblemCode.MASTER_KEY_WRONG


async def test_a_check_that_was_changed_opens_nothing(tmp_path: Path) -> None:
    key = new_key()
    first = await open_vault([Environment(_given(key))], "vault_1", None)
    error = await refusal(places(tmp_path, MemoryKeyring(), key), first.check[:-1] + b"?")
    assert error.problems[0].code is ProblemCode.MASTER_KEY_WRONG


async def test_a_malformed_key_stops_the_first_start_before_a_new_one_is_made(
    tmp_path: Path,
) -> None:
    keyring = MemoryKeyring()
    sources = places(tmp_path, keyring)
    sources[1] = Environment({"BUTLER_MASTER_KEY": "changeme"})
    error = await refusal(sources, None)
    assert error.problems[0].code is ProblemCode.MASTER_KEY_MALFORMED
    assert keyring.passwords == {}
    assert files(tmp_path) == {}


async def test_nowhere_to_keep_a_key_is_said_with_every_reason(tmp_path: Path) -> None:
    error = await refusal(places(tmp_path / "missing", LOCKED), None)
    assert error.problems[0].code is ProblemCode.MASTER_KEY_MISSING
    assert "could not be stored anywhere" in str(error)
    assert "the OS keyring is locked" in str(error)
    assert "master.key failed" in str(error)


async def test_an_unreadable_key_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "master.key").mkdir()
    error = await refusal(places(tmp_path, LOCKED), None)
    assert "master.key could not be opened" in str(error)


async def test_the_usual_places_in_their_order(tmp_path: Path) -> None:
    key = new_key()
    sources = usual_sources(tmp_path, _given(key))
    assert [source.name for source in sources] == ["os_keyring", "environment", "key_file"]
    opened = await open_vault(sources, "vault_1", None)
    assert opened.source_name == "environment"


def test_a_vault_does_not_show_its_key() -> None:
    key = new_key()
    vault = Vault(key)
    assert repr(key) not in repr(vault)
    assert not hasattr(vault, "__dict__")


def _given(key: bytes) -> dict[str, str]:
    return {"BUTLER_MASTER_KEY": write_key(key)}


def test_a_derived_key_belongs_to_its_purpose_and_its_master_key() -> None:
    vault, other = Vault(bytes(32)), Vault(bytes(31) + b"1")
    first = vault.derive("cache")
    assert len(first) == 32
    assert first is vault.derive("cache")
    assert first == Vault(bytes(32)).derive("cache")
    assert first not in (bytes(32), vault.derive("other"), other.derive("cache"))


def test_a_vault_that_becomes_another_derives_its_keys() -> None:
    vault, other = Vault(bytes(32)), Vault(bytes(31) + b"1")
    vault.derive("cache")
    vault.become(other)
    assert vault.derive("cache") == other.derive("cache")
