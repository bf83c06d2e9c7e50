"""Open Interpreter: its prompt tells. It is not known to inject anything."""

from butler.engine.signals.client.tool import Tool

OPEN_INTERPRETER = Tool(
    "open-interpreter", "Open Interpreter", systems=("you are open interpreter",)
)
