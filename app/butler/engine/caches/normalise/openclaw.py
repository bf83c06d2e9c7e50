"""OpenClaw: the hour before the user's words, and the session in its `Runtime:` line."""

import re

from butler.engine.caches.normalise.injection import Injection

INJECTIONS = (
    Injection(
        "OpenClaw",
        b" UTC] ",
        re.compile(r"^\[[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? UTC\] "),
        is_time=True,
    ),
    Injection(
        "OpenClaw",
        b"Runtime: agent=",
        re.compile(r"(?<=\| )session(?:Id)?=[^\s|]+ ?"),
    ),
)
