"""Envelopes open for the record and the key they were made with, and for nothing else."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from butler.contract.problems import ProblemCode
from butler.engine.errors import VaultError
from butler.engine.vault.envelope import seal, unseal

CIPHER = AESGCM(bytes(range(32)))
record_ids = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def refusal(cipher: AESGCM, record_id: str, envelope: bytes) -> VaultError:
    with pytest.raises(VaultError) as caught:
        unseal(cipher, record_id, envelope)
    assert caught.value.problems[0].code is ProblemCode.SECRET_TAMPERED
    assert caught.value.problems[0].hint
    return caught.value


@given(record_ids, st.binary(max_size=2000))
def test_what_was_sealed_comes_back(record_id: str, secret: bytes) -> None:
    assert unseal(CIPHER, record_id, seal(CIPHER, record_id, secret)) == secret


@given(record_ids, st.binary(max_size=200), st.data())
def test_one_flipped_bit_anywhere_is_refused(
    record_id: str, secret: bytes, data: st.DataObject
) -> None:
    envelope = bytearray(seal(CIPHER, record_id, secret))
    bit = data.draw(st.integers(0, len(envelope) * 8 - 1))
    envelope[bit // 8] ^= 1 << bit % 8
    refusal(CIPHER, record_id, bytes(envelope))


@given(st.binary(max_size=200), record_ids, record_ids)
def test_an_envelope_moved_to_another_record_is_refused(
    secret: bytes, home: str, elsewhere: str
) -> None:
    envelope = seal(CIPHER, home, secret)
    if home == elsewhere:
        assert unseal(CIPHER, elsewhere, envelope) == secret
    else:
        refusal(CIPHER, elsewhere, envelope)


@given(st.binary(max_size=100), st.data())
def test_a_cut_envelope_is_refused(secret: bytes, data: st.DataObject) -> None:
    envelope = seal(CIPHER, "token/1/copy", secret)
    length = data.draw(st.integers(0, len(envelope) - 1))
    refusal(CIPHER, "token/1/copy", envelope[:length])


@given(st.binary(max_size=100))
def test_any_other_bytes_are_refused(noise: bytes) -> None:
    refusal(CIPHER, "provider/1/key", noise)
    refusal(CIPHER, "provider/1/key", b"BV1" + noise)


def test_another_key_is_refused() -> None:
    refusal(AESGCM(bytes(32)), "provider/1/key", seal(CIPHER, "provider/1/key", b"sk-secret"))


def test_a_later_version_is_refused_by_name() -> None:
    envelope = seal(CIPHER, "provider/1/key", b"sk-secret")
    error = refusal(CIPHER, "provider/1/key", b"BV2" + envelope[3:])
    assert "this version does not know" in str(error)


def test_a_refusal_names_the_record_and_not_the_secret() -> None:
    envelope = seal(CIPHER, "provider/1/key", b"sk-secret-0123456789")
    error = refusal(CIPHER, "provider/2/key", envelope)
    assert "provider/2/key" in str(error)
    assert "sk-secret" not in repr(error.problems)
    assert error.__cause__ is None
    assert error.__suppress_context__


def test_the_format_is_mark_nonce_ciphertext_tag() -> None:
    envelope = seal(CIPHER, "provider/1/key", b"12345")
    assert envelope[:3] == b"BV1"
    assert len(envelope) == 3 + 12 + 5 + 16
    assert b"12345" not in envelope
    # Read without our own reader, so that the format can not drift unseen.
    assert CIPHER.decrypt(envelope[3:15], envelope[15:], b"BV1provider/1/key") == b"12345"


def test_no_two_envelopes_share_a_nonce() -> None:
    nonces = {seal(CIPHER, "r", b"same")[3:15] for _ in range(1_000)}
    assert len(nonces) == 1_000
