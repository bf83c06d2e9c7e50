"""Cursor: its servers call, under no name of their own; its prompt tells.

What it injects anew is not known: nothing is overlooked.
"""

from butler.engine.signals.client.tool import Tool, Wrapping

CURSOR = Tool(
    "cursor",
    "Cursor",
    agents=("cursor/",),
    systems=("you operate in cursor", "operate exclusively in cursor"),
    wrapping=Wrapping(
        elements=("additional_data", "attached_files"),
        around=("user_query", "user_request"),
    ),
)
