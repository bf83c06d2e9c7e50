"""What a stream of responses says in the end only: some servers send no pieces of it before.

Source: OpenAI API reference, "Responses: streaming events".
"""

from collections.abc import Mapping
from typing import Any

from butler.engine.dialects.members import as_list, as_object, as_text, as_whole

Object = Mapping[str, Any]
LATE = "butler:late"
"""Marks an event that says what none before it has said; its value is whether its item began."""
_PIECES = ".delta"
_WHOLES: Mapping[str, str] = {
    "response.output_text.done": "text",
    "response.refusal.done": "refusal",
    "response.function_call_arguments.done": "arguments",
    "response.custom_tool_call_input.done": "input",
}
"""Events that end a part of an item, and where they repeat all of it."""


class Told:
    """What one stream has told so far."""

    def __init__(self) -> None:
        self._begun: set[int] = set()
        self._said: set[int] = set()

    def marked(self, data: Object) -> Object:
        """Take in an event; return it with a mark where its words come here for the first time."""
        kind, index = as_text(data.get("type")) or "", as_whole(data.get("output_index")) or 0
        if kind.endswith(_PIECES):
            self._said.add(index)
        elif kind == "response.output_item.added":
            self._begun.add(index)
        elif index not in self._said and self._is_whole(kind, data, index):
            self._said.add(index)
            return {**data, LATE: index in self._begun}
        return data

    def all_of(self, response: Object) -> Object | None:
        """Return a response as it ended, where nothing in it was told before; else None."""
        if self._begun or self._said or not as_list(response.get("output")):
            return None
        return response

    def _is_whole(self, kind: str, data: Object, index: int) -> bool:
        if kind == "response.output_item.done":
            return as_object(data.get("item")) is not None
        return index in self._begun and kind in _WHOLES and bool(as_text(data.get(_WHOLES[kind])))
