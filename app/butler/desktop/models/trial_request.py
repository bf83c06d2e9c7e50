"""What is to be tried in the playground, as the API takes it."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NotJson(Exception):
    """A text is no JSON object; where it stops being one, counted from 1."""

    why: str
    line: int
    column: int


def of_text(text: str) -> dict[str, Any] | None:
    """Return a request with one message; None where nothing is said."""
    return {"text": text} if text.strip() else None


def of_json(text: str) -> dict[str, Any] | None:
    """Return a request as a client would send it; None where nothing is written.

    Raises `NotJson`.
    """
    if not text.strip():
        return None
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotJson(error.msg, error.lineno, error.colno) from None
    if not isinstance(found, dict):
        raise NotJson("{", 1, 1)
    if isinstance(found.get("input"), str) and "messages" not in found:
        found = {**found, "messages": [{"role": "user", "content": found["input"]}]}
    return found
