"""Kept answers are sealed: bound to their key, unreadable without the secret."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from butler.engine.caches.exact.entry import Unreadable, seal, unseal
from tests.engine.caches.exact.entries import entry, key

CIPHER = AESGCM(bytes(32))


def test_an_entry_comes_back_as_it_was() -> None:
    kept = entry("Paris, 巴黎.", generation="g1")
    sealed = seal(CIPHER, key(1), kept)
    assert unseal(CIPHER, key(1), sealed) == kept
    assert b"Paris" not in sealed


def test_an_entry_opens_under_its_own_key_and_secret_alone() -> None:
    sealed = seal(CIPHER, key(1), entry())
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for cipher, place, data in (
        (CIPHER, key(2), sealed),
        (AESGCM(bytes(31) + b"1"), key(1), sealed),
        (CIPHER, key(1), changed),
        (CIPHER, key(1), sealed[:5]),
        (CIPHER, key(1), b""),
    ):
        with pytest.raises(Unreadable):
            unseal(cipher, place, data)
