"""Copilot CLI: a header tells a user's turn from one that goes on; the hour precedes the words."""

import re

from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.sent import Sent
from butler.engine.signals.client.tool import Tool, Wrapping

_KINDS = {"user": "main", "agent": "continuation"}


def _kind(sent: Sent) -> str | None:
    value = sent.headers.get("x-initiator")
    return _KINDS.get(value, value) if value else None


COPILOT = Tool(
    "copilot",
    "Copilot",
    header="x-initiator",
    kind=_kind,
    injections=(
        Injection(
            b"<current_datetime>",
            re.compile(r"<current_datetime>[^<]{0,60}</current_datetime>\s*"),
            is_time=True,
        ),
    ),
    wrapping=Wrapping(elements=("current_datetime",)),
)
