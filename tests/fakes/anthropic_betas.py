"""What the vendor of messages takes from clients that announce a beta, and from no others."""

import json
from typing import Any

_FIELDS = {"context-management-": "context_management"}
_SYSTEM_TURNS = "mid-conversation-"


def without_betas(raw: bytes, announced: str) -> bytes:
    """Take out of a request what its `anthropic-beta` header allows, so that the rest is checked.

    Turns of the system within a conversation go, too: they may stand anywhere.
    """
    betas = [beta.strip() for beta in announced.split(",")]
    body = _read(raw)
    if not isinstance(body, dict):
        return raw
    for beta, name in _FIELDS.items():
        if any(it.startswith(beta) for it in betas):
            body.pop(name, None)
    if any(it.startswith(_SYSTEM_TURNS) for it in betas):
        turns = body.get("messages") or []
        body["messages"] = [turn for turn in turns if turn.get("role") != "system"]
    return json.dumps(body).encode()


def _read(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
