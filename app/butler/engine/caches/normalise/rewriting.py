"""Changing the texts of a request body, wherever they stand; only what changes is copied."""

from collections.abc import Callable, Mapping
from typing import Any

Rewrite = Callable[[str], str]
"""Returns a text without what is injected; the very same text where there is nothing."""

_LISTS = ("messages", "input", "system", "contents")
_TEXTS = ("system", "instructions")
_OTHERS_WORDS = frozenset({"assistant", "tool", "function", "model"})
"""Who speaks where tools inject nothing: what a tool has found must count as it is."""


def rewritten(body: Mapping[str, Any], rewrite: Rewrite) -> Mapping[str, Any] | None:
    """Return a body in which every text was rewritten; None where none has changed."""
    changes: dict[str, Any] = {}
    for name in _LISTS:
        if isinstance(body.get(name), list):
            changed = _items(body[name], rewrite)
            if changed is not None:
                changes[name] = changed
    for name in _TEXTS:
        text = body.get(name)
        if isinstance(text, str) and (changed_text := rewrite(text)) is not text:
            changes[name] = changed_text
    return {**body, **changes} if changes else None


def _items(items: list[Any], rewrite: Rewrite) -> list[Any] | None:
    """Return messages, or the parts of one, rewritten; None where none has changed."""
    result: list[Any] | None = None
    for place, item in enumerate(items):
        changed = _item(item, rewrite)
        if changed is not None:
            result = list(items) if result is None else result
            result[place] = changed
    return result


def _item(item: object, rewrite: Rewrite) -> dict[str, Any] | None:
    if not isinstance(item, dict) or _is_found_or_said(item):
        return None
    for name in ("content", "text", "parts"):
        value = item.get(name)
        if isinstance(value, str):
            text = rewrite(value)
            if text is not value:
                return {**item, name: text}
        elif isinstance(value, list):
            changed = _items(value, rewrite)
            if changed is not None:
                return {**item, name: changed}
    return None


def _is_found_or_said(item: dict[str, Any]) -> bool:
    """Whether this is what a tool has found or a model has said."""
    kind = item.get("type")
    return item.get("role") in _OTHERS_WORDS or (
        isinstance(kind, str) and kind.endswith(("_result", "_output"))
    )
