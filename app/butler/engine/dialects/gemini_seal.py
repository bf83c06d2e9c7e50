"""Thoughts of other vendors' models on their way through a client of Google's, and back.

Such a client keeps the signature under a call without looking into it, and sends it back with the
conversation. Where another vendor's model has thought before it called, what stands there holds
the thoughts, their signatures and whose they are: so the target gets back what it wants to see
again, and no other one does. Nothing in it is a secret to the client.
"""

import base64
import binascii
from collections.abc import Sequence

import orjson

from butler.engine.dialects.canonical import Thought
from butler.engine.dialects.gemini_reader import plain_signature
from butler.engine.dialects.members import as_list, as_object, as_text

_MARK = b"butler.1."
_BEGINS = base64.b64encode(_MARK).decode()


def seal(thoughts: Sequence[Thought], signer: str) -> str:
    """Return thoughts as a text that their client takes for a signature: base64."""
    told = [
        {"text": one.text, "signature": one.signature, "sealed": one.sealed, "signer": signer}
        for one in thoughts
    ]
    return base64.b64encode(_MARK + orjson.dumps(told)).decode()


def is_ours(signature: str) -> bool:
    """Say whether a signature was made here."""
    return signature.startswith(_BEGINS)


def unseal(signature: str | None) -> tuple[Thought, ...]:
    """Return the thoughts that a signature holds; none where it is a vendor's own."""
    if signature is None or not is_ours(signature):
        return ()
    try:
        raw = base64.b64decode(plain_signature(signature), validate=True)
        told = orjson.loads(raw.removeprefix(_MARK))
    except (binascii.Error, ValueError):
        return ()
    known = filter(None, map(as_object, as_list(told)))
    return tuple(
        Thought(
            as_text(one.get("text")) or "",
            as_text(one.get("signature")),
            as_text(one.get("sealed")),
            as_text(one.get("signer")),
        )
        for one in known
    )
