"""Claude Code: a billing line as the first part of its system prompt, and the date of the day."""

import re

from butler.engine.caches.normalise.injection import Injection

INJECTIONS = (
    Injection(
        "Claude Code",
        b"x-anthropic-billing-header:",
        re.compile(r"\Ax-anthropic-billing-header:.*$", re.MULTILINE),
    ),
    Injection(
        "Claude Code",
        b"oday's date",
        re.compile(r"^(?:- )?Today's date(?: is|:) .*$", re.MULTILINE),
        is_time=True,
    ),
)
