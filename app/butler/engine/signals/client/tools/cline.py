"""Cline and its kin: known by their prompt; the hour stands within `<environment_details>`."""

import re

from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.tool import Tool, Wrapping

CLINE = Tool(
    "cline",
    "Cline",
    agents=("cline/",),
    systems=("you are cline,",),
    injections=(
        # Files and directories stay.
        Injection(
            b"# Current Time",
            re.compile(r"# Current Time\n[^\n]{0,100}\n?"),
            is_time=True,
        ),
    ),
    wrapping=Wrapping(
        elements=("environment_details",),
        around=("task", "user_message", "feedback"),
    ),
)
