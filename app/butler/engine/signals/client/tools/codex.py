"""Codex: its turn's metadata stand in a header, the date within `<environment_context>`."""

import re

import orjson

from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.sent import Sent
from butler.engine.signals.client.tool import Tool, Wrapping, text_member

_KINDS = {"turn": "main", "compact": "compaction"}
_COMPACTION = "You are performing a CONTEXT CHECKPOINT COMPACTION"


def _kind(sent: Sent) -> str | None:
    try:
        told = text_member(
            orjson.loads(sent.headers.get("x-codex-turn-metadata", "")), "request_kind"
        )
    except orjson.JSONDecodeError:
        told = None
    # Under a provider of the user's own it compacts by an ordinary turn.
    if told in (None, "turn") and sent.last_user_words().startswith(_COMPACTION):
        return "compaction"
    return None if told is None else _KINDS.get(told, told)


CODEX = Tool(
    "codex",
    "Codex",
    agents=("codex",),
    header="x-codex-turn-metadata",
    sessions=("session-id", "thread-id"),
    kind=_kind,
    injections=(
        # Directory, shell and sandbox stay.
        Injection(
            b"<current_date>",
            re.compile(r"\s*<current_date>[^<]{0,40}</current_date>"),
            is_time=True,
        ),
    ),
    wrapping=Wrapping(
        elements=("environment_context", "user_instructions"),
        lines=(("<image name=", re.compile(r"<image name=[^>\n]{0,300}>|</image>")),),
    ),
)
