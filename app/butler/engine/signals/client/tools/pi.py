"""pi: speaks through the vendors' libraries; only its prompt tells. It injects nothing known."""

from butler.engine.signals.client.tool import Tool

PI = Tool("pi", "pi", systems=("operating inside pi, a coding agent",))
