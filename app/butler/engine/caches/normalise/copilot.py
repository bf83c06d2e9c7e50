"""Copilot CLI: the hour before the user's words."""

import re

from butler.engine.caches.normalise.injection import Injection

INJECTIONS = (
    Injection(
        "Copilot",
        b"<current_datetime>",
        re.compile(r"<current_datetime>[^<]{0,60}</current_datetime>\s*"),
        is_time=True,
    ),
)
