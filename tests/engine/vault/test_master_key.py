"""A master key is 32 random bytes in base64; look-alikes are refused without being shown."""

import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from butler.contract.problems import ProblemCode
from butler.engine.errors import VaultError
from butler.engine.vault.master_key import FoundKey, new_key, parse_key, write_key


@given(st.binary(min_size=32, max_size=32))
def test_a_written_key_reads_back(key: bytes) -> None:
    assume(len(set(key)) > 1)
    assume(not key.isascii() or any(byte < 0x20 or byte == 0x7F for byte in key))
    text = write_key(key)
    assert parse_key(text, "here") == key
    assert parse_key(f"  {text}\n", "here") == key
    assert parse_key(base64.urlsafe_b64encode(key).decode(), "here") == key


def test_new_keys_are_good_and_differ() -> None:
    keys = [new_key() for _ in range(50)]
    assert len(set(keys)) == 50
    assert all(parse_key(write_key(key), "here") == key for key in keys)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("not base64!", "not base64"),
        ("schlüssel", "not base64"),
        ("abc", "not base64"),
        ("", "0 bytes"),
        (base64.b64encode(b"short").decode(), "5 bytes"),
        (base64.b64encode(bytes(range(33))).decode(), "33 bytes"),
        (base64.b64encode(bytes(32)).decode(), "one byte repeated"),
        (base64.b64encode(b"\xff" * 32).decode(), "one byte repeated"),
        (base64.b64encode(b"changeme-changeme-changeme-12345").decode(), "readable text"),
        ("changeme-changeme-changeme-12345", "24 bytes"),
    ],
)
def test_what_is_no_key_is_refused(text: str, why: str) -> None:
    with pytest.raises(VaultError, match=why) as caught:
        parse_key(text, "the environment variable BUTLER_MASTER_KEY")
    found = caught.value.problems[0]
    assert found.code is ProblemCode.MASTER_KEY_MALFORMED
    assert "BUTLER_MASTER_KEY" in found.detail
    assert not text or text not in repr(caught.value.problems)


def test_a_found_key_does_not_show_itself() -> None:
    key = new_key()
    assert repr(key) not in repr(FoundKey(key))
