"""aider: speaks through litellm, so that only its prompts tell. It is not known to inject anything.

What it summarizes is its own history, when that grows too long.
"""

from butler.engine.signals.client.tool import Tool

AIDER = Tool(
    "aider",
    "aider",
    agents=("aider/",),
    systems=("always use best practices when coding", "conversation about programming"),
)
