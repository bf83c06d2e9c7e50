"""Real local servers that tests script: a vendor's upstream with every fault it can show."""

from tests.fakes.anthropic import AnthropicUpstream
from tests.fakes.anthropic_message import Blocks
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
from tests.fakes.gemini import GeminiUpstream
from tests.fakes.ollama_chat import OllamaUpstream
from tests.fakes.replies import Answer, NoUsage, ToolCall, ToolCalls, Usage, Wire
from tests.fakes.upstream import Refused, Seen, Upstream

__all__ = [
    "Answer",
    "AnthropicUpstream",
    "Blocks",
    "CutAfter",
    "Ending",
    "Endless",
    "ErrorEvent",
    "Fail",
    "Garbage",
    "GeminiUpstream",
    "NoUsage",
    "OllamaUpstream",
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
