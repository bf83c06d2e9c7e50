"""Real local servers that tests script: a vendor's upstream with every fault it can show."""

from tests.fakes.faults import (
    CutAfter,
    Ending,
    Endless,
    ErrorEvent,
    Fail,
    Garbage,
    Silence,
    SlowHeaders,
)
from tests.fakes.replies import Answer, NoUsage, ToolCall, ToolCalls, Usage, Wire
from tests.fakes.upstream import Refused, Seen, Upstream

__all__ = [
    "Answer",
    "CutAfter",
    "Ending",
    "Endless",
    "ErrorEvent",
    "Fail",
    "Garbage",
    "NoUsage",
    "Refused",
    "Seen",
    "Silence",
    "SlowHeaders",
    "ToolCall",
    "ToolCalls",
    "Upstream",
    "Usage",
    "Wire",
]
