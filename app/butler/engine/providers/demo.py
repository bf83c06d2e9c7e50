"""The demo provider's kind: an OpenAI-compatible one that the engine itself serves."""

from butler.engine.providers.base import ProviderKind
from butler.engine.providers.openai_compatible import OpenAICompatible

NAME = "demo"
CHEAP = "cheap"
STRONG = "strong"

KIND = ProviderKind(
    id="demo",
    title="Demo (pretend models)",
    dialect="openai_chat",
    fields=(),
    default_url=None,
    create=OpenAICompatible,
)
