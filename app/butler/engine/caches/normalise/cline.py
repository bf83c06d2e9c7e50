"""Cline and its kin: the hour within `<environment_details>`; files and directories stay."""

import re

from butler.engine.caches.normalise.injection import Injection

INJECTIONS = (
    Injection(
        "Cline",
        b"# Current Time",
        re.compile(r"# Current Time\n[^\n]{0,100}\n?"),
        is_time=True,
    ),
)
