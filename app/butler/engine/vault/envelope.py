"""The envelope around one secret: AES-256-GCM, bound to the record that it belongs to.

An envelope is the mark `BV1`, a random nonce of 12 bytes, then the ciphertext with its tag of
16 bytes. Mark and record id are authenticated along with it, so that an envelope that was
changed, cut or moved to another record does not open.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from butler.contract.problems import ProblemCode
from butler.engine.errors import VaultError, problem

_MARK = b"BV1"
_NONCE_BYTES = 12
_TAG_BYTES = 16


def seal(cipher: AESGCM, record_id: str, plaintext: bytes) -> bytes:
    """Put a secret into an envelope that opens for this record id only."""
    nonce = os.urandom(_NONCE_BYTES)
    return _MARK + nonce + cipher.encrypt(nonce, plaintext, _bound_to(record_id))


def unseal(cipher: AESGCM, record_id: str, envelope: bytes) -> bytes:
    """Take the secret out. Raises VaultError, which names the record and never the content."""
    if not envelope.startswith(_MARK):
        raise _refused(record_id, "it was sealed in a way that this version does not know")
    nonce, ciphertext = _parts(envelope)
    if len(ciphertext) < _TAG_BYTES:
        raise _refused(record_id, "it was cut short")
    try:
        return cipher.decrypt(nonce, ciphertext, _bound_to(record_id))
    except InvalidTag:
        raise _refused(
            record_id, "it was changed, moved from another record, or sealed under another key"
        ) from None


def _parts(envelope: bytes) -> tuple[bytes, bytes]:
    body = envelope[len(_MARK) :]
    return body[:_NONCE_BYTES], body[_NONCE_BYTES:]


def _bound_to(record_id: str) -> bytes:
    return _MARK + record_id.encode()


def _refused(record_id: str, why: str) -> VaultError:
    return VaultError(
        problem(
            ProblemCode.SECRET_TAMPERED,
            f"The sealed secret of {record_id} does not open: {why}.",
            "Enter this secret again, or restore the data directory from a backup. "
            "Nothing was changed.",
        )
    )
