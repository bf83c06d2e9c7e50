"""Thoughts of other vendors' models on their way through a client, and back.

Clients of OpenAI responses keep an item's `encrypted_content`, those of Anthropic a thought's
signature, without looking into it, and send it back with the conversation. Ours holds what was
thought, its signature and whose it is, so that a target gets back what it wants to see again, and
no other one does. Nothing in it is a secret to the client. Ids of items that were made here are
marked, too: no vendor knows them.
"""

import base64
import binascii

import orjson

from butler.engine.dialects.canonical import Thought
from butler.engine.dialects.members import as_text
from butler.engine.store.ids import new_id

_PREFIX = "butler.1."
_MARK = "butler"


def seal(thought: Thought) -> str:
    """Return a thought as a text that its client takes for an encrypted one, or a signature."""
    said = {"text": thought.text, "signature": thought.signature, "sealed": thought.sealed}
    known = {key: it for key, it in {**said, "signer": thought.signer}.items() if it}
    return _PREFIX + base64.urlsafe_b64encode(orjson.dumps(known)).decode()


def is_ours(sealed: str | None) -> bool:
    """Say whether an `encrypted_content`, or a signature, was made here."""
    return sealed is not None and sealed.startswith(_PREFIX)


def unseal(sealed: str | None) -> Thought | None:
    """Return the thought in an `encrypted_content`; None where that is a vendor's own."""
    if sealed is None or not sealed.startswith(_PREFIX):
        return None
    try:
        known = orjson.loads(base64.urlsafe_b64decode(sealed[len(_PREFIX) :]))
    except (binascii.Error, ValueError):
        return None
    if not isinstance(known, dict):
        return None
    signature, secret = as_text(known.get("signature")), as_text(known.get("sealed"))
    return Thought(
        as_text(known.get("text")) or "", signature, secret, as_text(known.get("signer"))
    )


def item_id(kind: str) -> str:
    """Return a new id for an item, with the prefix that the vendor has for its kind."""
    return new_id(f"{kind}_{_MARK}")


def is_our_id(id_: str) -> bool:
    """Say whether an item's id was made here."""
    return f"_{_MARK}_" in id_
