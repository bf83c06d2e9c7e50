"""OpenCode: a session in headers; a title call, told by its prompt, runs beside the first turn.

It injects the date into its system prompt, within `<env>`.
"""

import re

from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.tool import Tool

OPENCODE = Tool(
    "opencode",
    "OpenCode",
    agents=("opencode/",),
    sessions=("x-session-id", "x-session-affinity"),
    injections=(
        Injection(
            b"  Today's date: ",
            re.compile(r"^ {2}Today's date: .*\n?", re.MULTILINE),
            is_time=True,
        ),
    ),
)
