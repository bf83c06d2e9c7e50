"""The vendors' own libraries, and what people try things with."""

from butler.engine.signals.client.tool import Tool

LIBRARIES = (
    Tool("openai-python", "openai for Python", agents=("openai/python", "asyncopenai/python")),
    Tool("openai-node", "openai for JavaScript", agents=("openai/js",)),
    Tool(
        "anthropic-python",
        "anthropic for Python",
        agents=("anthropic/python", "asyncanthropic/python"),
    ),
    Tool("anthropic-node", "anthropic for JavaScript", agents=("anthropic/js",)),
    Tool("google-genai", "google-genai", agents=("google-genai-sdk/",)),
    Tool("curl", "curl", agents=("curl/",)),
)
