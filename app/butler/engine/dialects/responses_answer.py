"""OpenAI responses, written from the hub's types: streamed as events, or whole.

Source: OpenAI API reference, "Responses" (object) and "Responses: streaming events".
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from butler.engine.call import Target, Usage
from butler.engine.dialects.base import Delta
from butler.engine.dialects.canonical import Finish, Piece
from butler.engine.dialects.responses_items import Output
from butler.engine.dialects.responses_tools import read_tools
from butler.engine.store.ids import new_id

Body = dict[str, Any]
_ECHOED: Mapping[str, Any] = {
    "instructions": None,
    "max_output_tokens": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "prompt_cache_key": None,
    "reasoning": {"effort": None, "summary": None},
    "temperature": None,
    "text": {"format": {"type": "text"}},
    "tool_choice": "auto",
    "tools": [],
    "top_p": None,
    "truncation": "disabled",
    "user": None,
}
"""What a response repeats of its request, and what it says where that says nothing."""
_CUT_SHORT = {
    Finish.LENGTH.value: "max_output_tokens",
    Finish.CONTENT_FILTER.value: "content_filter",
}


class ResponseEvents:
    """Writes a stream: the response begun, its items one by one, and the response as it ended."""

    def __init__(self, target: Target, data: Mapping[str, Any]) -> None:
        self._head = head_of(target, data)
        self._output = Output(read_tools(data), str(target))
        self._number = -1
        self._begun = self._failed = False
        self._usage: Usage | None = None
        self._finish: str | None = None

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the events for one event of the provider's."""
        self._usage = delta.usage or self._usage
        if delta.error:
            return self.error(delta.error, "upstream_error")
        self._finish = delta.finish or self._finish
        return self._written(event for piece in pieces for event in self._of(piece))

    def error(self, message: str, code: str) -> bytes:
        """Return an `error` event, and the response as one that failed.

        Some clients read the one, some the other.
        """
        self._failed = True
        return self._written(self._failure(message, code))

    def follow(self, first: Mapping[str, Any], last: Mapping[str, Any]) -> None:
        """Go on with a stream that the provider has begun, from its first and its last event."""
        self._begun = True
        response, number = first.get("response"), last.get("sequence_number")
        if isinstance(response, dict) and isinstance(response.get("id"), str):
            self._head["id"] = response["id"]
        self._number = number if isinstance(number, int) else self._number

    def close(self) -> bytes:
        """Return the end of what is open, and the whole response; after an error nothing."""
        return b"" if self._failed else self._written(self._ending())

    def _of(self, piece: Piece) -> Iterator[Body]:
        yield from self._begin()
        yield from self._output.take(piece)

    def _begin(self) -> Iterator[Body]:
        if not self._begun:
            self._begun = True
            yield {"type": "response.created", "response": self._head}
            yield {"type": "response.in_progress", "response": self._head}

    def _ending(self) -> Iterator[Body]:
        ended = _ended(self._finish)
        yield from self._begin()
        yield from self._output.end(ended["status"])
        response = {**self._head, **ended, **_result(self._output, self._usage)}
        yield {"type": f"response.{ended['status']}", "response": response}

    def _failure(self, message: str, code: str) -> Iterator[Body]:
        yield from self._begin()
        told = {"code": code, "message": message, "param": None}
        # The vendor's clients raise what stands in `error`, others read what stands beside it.
        yield {"type": "error", **told, "error": {"type": "server_error", **told}}
        self._output.break_off()
        failed = {"status": "failed", "error": {"code": code, "message": message}}
        response = {**self._head, **failed, **_result(self._output, self._usage)}
        yield {"type": "response.failed", "response": response}

    def _written(self, events: Iterator[Body]) -> bytes:
        return b"".join([self._event(event) for event in events])

    def _event(self, event: Body) -> bytes:
        self._number += 1
        data = orjson.dumps({**event, "sequence_number": self._number})
        return b"event: %s\ndata: %s\n\n" % (event["type"].encode(), data)


class WholeResponse:
    """Writes a whole response: the same items, without the events."""

    def __init__(self, target: Target, data: Mapping[str, Any]) -> None:
        self._head = head_of(target, data)
        self._output = Output(read_tools(data), str(target))

    def write(self, delta: Delta, pieces: Sequence[Piece]) -> bytes:
        """Return the response."""
        ended = _ended(delta.finish)
        for piece in pieces:
            for _event in self._output.take(piece):
                pass
        for _event in self._output.end(ended["status"]):
            pass
        return orjson.dumps({**self._head, **ended, **_result(self._output, delta.usage)})

    def error(self, message: str, code: str) -> bytes:
        """Return the vendor's error object."""
        error = {"message": message, "type": "server_error", "param": None, "code": code}
        return orjson.dumps({"error": error})

    def close(self) -> bytes:
        """Return nothing: all has been said."""
        return b""


def head_of(target: Target, data: Mapping[str, Any]) -> Body:
    """Return a response that has begun."""
    echoed = {
        key: data[key] if data.get(key) is not None else otherwise
        for key, otherwise in _ECHOED.items()
    }
    return {
        "id": new_id("resp"),
        "object": "response",
        "created_at": int(time.time()),
        "status": "in_progress",
        "background": False,
        "error": None,
        "incomplete_details": None,
        "model": str(target),
        "output": [],
        "previous_response_id": None,
        "store": False,
        "usage": None,
        **echoed,
    }


def usage_of(usage: Usage | None) -> Body | None:
    """Return the vendor's usage object; None where nothing was reported."""
    if usage is None:
        return None
    given, made = usage.input_tokens or 0, usage.output_tokens or 0
    read, written = usage.cached_tokens or 0, usage.cache_write_tokens or 0
    return {
        "input_tokens": given,
        "input_tokens_details": {"cached_tokens": read, "cache_write_tokens": written},
        "output_tokens": made,
        "output_tokens_details": {"reasoning_tokens": usage.reasoning_tokens or 0},
        "total_tokens": given + made,
    }


def _ended(finish: str | None) -> Body:
    reason = _CUT_SHORT.get(finish or "")
    if reason is None:
        return {"status": "completed"}
    return {"status": "incomplete", "incomplete_details": {"reason": reason}}


def _result(output: Output, usage: Usage | None) -> Body:
    return {"output": output.items, "usage": usage_of(usage)}
