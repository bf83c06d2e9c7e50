"""Qwen Code: for Anthropic's protocol it calls itself Claude Code, and only its prompt tells.

After an answer it sends a call of its own that looks for things to remember. What changes within
its reminders is not known: nothing of them is overlooked.
"""

from butler.engine.signals.client.tool import Tool, Wrapping

QWEN_CODE = Tool(
    "qwen-code",
    "Qwen Code",
    agents=("qwencode/",),
    systems=("you are qwen code", "managed memory extraction subagent"),
    wrapping=Wrapping(elements=("system-reminder",)),
)
