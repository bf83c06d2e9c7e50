"""The scripted upstreams, one for each protocol that the engine speaks to providers."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.clients import told
from tests.fakes import AnthropicUpstream, GeminiUpstream, OllamaUpstream, Seen, Upstream
from tests.fakes.openai_responses import ResponsesUpstream


@dataclass(frozen=True, slots=True)
class Vendor:
    """A protocol: its server, the kind of provider that asks it, and how its requests are read.

    `asked_at` stands in the address of every request that asks a model.
    """

    protocol: str
    server: Callable[[], Upstream]
    kind: str
    asked_at: str
    read: Callable[[Seen], told.Told]


VENDORS = (
    Vendor("chat", Upstream, "openai_compatible", "/chat/completions", told.chat),
    Vendor("responses", ResponsesUpstream, "openai_responses", "/responses", told.responses),
    Vendor("messages", AnthropicUpstream, "anthropic_compatible", "/messages", told.messages),
    Vendor("gemini", GeminiUpstream, "gemini", "enerateContent", told.gemini),
    Vendor("ollama", OllamaUpstream, "ollama", "/api/chat", told.ollama),
)
