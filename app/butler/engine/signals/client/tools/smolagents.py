"""smolagents: its prompts tell; it writes tools' results as user messages (`Observation:`).

It is not known to inject anything anew.
"""

import re

from butler.engine.signals.client.tool import Tool, Wrapping

SMOLAGENTS = Tool(
    "smolagents",
    "smolagents",
    systems=("you are an expert assistant who can solve any task using",),
    wrapping=Wrapping(prefix=re.compile(r"\A\s*New task:\n")),
)
