"""Gemini CLI: under the name `auto` it has a small model choose the larger one by itself.

The date stands in its opening message.
"""

import re

from butler.engine.signals.client.injection import Injection
from butler.engine.signals.client.tool import Tool, Wrapping

GEMINI_CLI = Tool(
    "gemini-cli",
    "Gemini CLI",
    agents=("geminicli",),
    injections=(
        Injection(
            b"oday's date is",
            re.compile(r"^ {0,4}Today's date is .*$", re.MULTILINE),
            is_time=True,
        ),
    ),
    wrapping=Wrapping(elements=("session_context",)),
)
