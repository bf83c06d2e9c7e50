"""Hermes Agent: its prompt tells. It is not known to inject anything."""

from butler.engine.signals.client.tool import Tool

HERMES = Tool("hermes", "Hermes Agent", systems=("you are hermes agent",))
