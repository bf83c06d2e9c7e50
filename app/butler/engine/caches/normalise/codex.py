"""Codex: the date within its `<environment_context>`; directory, shell and sandbox stay."""

import re

from butler.engine.caches.normalise.injection import Injection

INJECTIONS = (
    Injection(
        "Codex",
        b"<current_date>",
        re.compile(r"\s*<current_date>[^<]{0,40}</current_date>"),
        is_time=True,
    ),
)
