"""The two numbers of a refusal that a prompt is too long, in whichever vendor's words.

Clients shorten by them, so they are only told on where a vendor has told both.
"""

import re

_NUMBER = re.compile(r"(?<![\w.-])\d[\d,]{2,}(?![\w.-]*[a-z])", re.IGNORECASE)


def told_numbers(message: str) -> tuple[int, int] | None:
    """Return how many tokens a prompt has and how many are allowed, where both are told."""
    told = {int(text.replace(",", "")) for text in _NUMBER.findall(message)}
    return (max(told), min(told)) if len(told) == 2 else None
