"""Kilo: a fork of OpenCode; title calls show in the session, surroundings follow the ask.

What changes within its surroundings is not known: nothing of them is overlooked.
"""

from butler.engine.signals.client.sent import Sent
from butler.engine.signals.client.tool import Tool, Wrapping


def _kind(sent: Sent) -> str | None:
    return "title" if sent.headers.get("x-session-id", "").startswith("title-") else None


KILO = Tool(
    "kilo",
    "Kilo",
    agents=("kilo-code/",),
    sessions=("x-session-id", "x-session-affinity"),
    kind=_kind,
    wrapping=Wrapping(elements=("environment_details",)),
)
