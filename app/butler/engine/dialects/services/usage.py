"""What answers of services tell of their usage; what they do not tell stays unknown."""

from collections.abc import Mapping
from typing import Any

from butler.engine.call import Usage, UsageSource

_MOST_TOKENS = 10**10


def token_usage(answer: Mapping[str, Any]) -> Usage | None:
    """Read `usage` where it counts tokens, under the names of either generation."""
    usage = answer.get("usage")
    if not isinstance(usage, dict):
        return None
    given = _count(usage.get("input_tokens", usage.get("prompt_tokens")))
    made = _count(usage.get("output_tokens", usage.get("completion_tokens")))
    if given is None and made is None:
        return None
    return Usage(given, made, source=UsageSource.REPORTED)


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MOST_TOKENS else None
