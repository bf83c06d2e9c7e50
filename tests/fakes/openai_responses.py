"""OpenAI's responses: the vendor's rules and wire format, and a server that plays it.

Replies are scripted once for every vendor, as deltas; here they become items. One entry of a
stream is what one delta brings: the beginning, then content piece by piece (with the borders of
items), what closes the last one, the end.
"""

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.checks import Ask
from tests.fakes.completion import Body
from tests.fakes.openai import OpenAI
from tests.fakes.replies import Reply
from tests.fakes.responses_checks import read_ask
from tests.fakes.responses_input import sealed_by
from tests.fakes.upstream import Upstream

Object = dict[str, Any]
_CUT_SHORT = {"length": "max_output_tokens", "content_filter": "content_filter"}
_DONE: Mapping[str, str] = {
    "response.output_text": "text",
    "response.refusal": "refusal",
    "response.reasoning_summary_text": "text",
    "response.function_call_arguments": "arguments",
    "response.custom_tool_call_input": "input",
}


@dataclass(frozen=True, slots=True)
class Items(Reply):
    """A reply of items as they stand: for kinds that only this vendor has."""

    items: tuple[Mapping[str, Any], ...] = ()


@dataclass(slots=True)
class _Item:
    """An item on its way: its object, the events of its text, and where in it the text stands."""

    item: Object
    events: str
    place: Object
    said: str = ""

    def filled(self) -> Object:
        """The object with all of its text."""
        match self.item["type"]:
            case "message":
                kind = self.events.removeprefix("response.")
                content = {"type": kind, _DONE[self.events]: self.said}
                more = {"annotations": [], "logprobs": []} if kind == "output_text" else {}
                return {**self.item, "status": "completed", "content": [{**content, **more}]}
            case "reasoning":
                return {**self.item, "summary": [{"type": "summary_text", "text": self.said}]}
            case "custom_tool_call":
                return {**self.item, "status": "completed", "input": self.said}
        return {**self.item, "status": "completed", "arguments": self.said}


class OpenAIResponses(OpenAI):
    """The vendor of responses; keys, lists of models and errors are those of its completions."""

    path = "/v1/responses"

    def read_ask(self, raw: bytes, models: Any) -> Ask:
        """Check a request."""
        return read_ask(raw, models)

    def whole(self, reply: Body, ask: Ask) -> Object:
        """The response object."""
        items = (
            reply.items if isinstance(reply, Items) else [it.filled() for it in _all(reply, ask)]
        )
        return _ended({**_head(reply, ask), "output": [dict(item) for item in items]}, reply)

    def events(self, reply: Body, ask: Ask) -> list[bytes]:
        """The stream, from `response.created` to the response as it ended."""
        written = _Stream()
        head = _head(reply, ask)
        begun = [
            {"type": f"response.{name}", "response": head} for name in ("created", "in_progress")
        ]
        entries = [written.of(begun)]
        output: list[Object] = []
        for events in _entries(reply, ask):
            entries.append(written.of(events))
            done = (it["item"] for it in events if it["type"] == "response.output_item.done")
            output += done
        # The items that end the response are those that were told: clients compare their ids.
        response = self.whole(reply, ask) | {"id": head["id"], "output": output}
        return [
            *entries,
            written.of([{"type": f"response.{response['status']}", "response": response}]),
        ]

    def error_events(self, body: Any, *, with_done: bool) -> list[bytes]:
        """The error event, and the response that failed where that comes, too."""
        error = body["error"]
        told = {key: error.get(key) for key in ("code", "message", "param")}
        failed = {"status": "failed", "error": {"code": error["code"], "message": error["message"]}}
        events: list[Object] = [{"type": "error", **told}]
        events += [{"type": "response.failed", "response": failed}] if with_done else []
        return [_Stream().of([event]) for event in events]


class ResponsesUpstream(Upstream):
    """The scripted vendor of responses."""

    vendor = OpenAIResponses()


class _Stream:
    """Numbers the events of one stream."""

    def __init__(self) -> None:
        self._number = -1

    def of(self, events: list[Object]) -> bytes:
        """Some events, as they go out together."""
        return b"".join(map(self._event, events))

    def _event(self, event: Object) -> bytes:
        self._number += 1
        data = json.dumps({**event, "sequence_number": self._number}, ensure_ascii=False)
        return f"event: {event['type']}\ndata: {data}\n\n".encode()


def _all(reply: Body, ask: Ask) -> list[_Item]:
    """The items of a whole reply."""
    items: dict[object, _Item] = {}
    for key, begun, said in _content(reply, ask):
        items.setdefault(key, begun).said += said
    return list(items.values())


def _entries(reply: Body, ask: Ask) -> Iterator[list[Object]]:
    """Yield the events that each piece of a reply brings, then those that close the last item."""
    if isinstance(reply, Items):
        for index, item in enumerate(reply.items):
            yield [
                _border("added", index, item),
                *_inside(index, item),
                _border("done", index, item),
            ]
        return
    items: dict[object, _Item] = {}
    for key, begun, said in _content(reply, ask):
        events: list[Object] = []
        if key not in items:
            if items:
                events += _closing(len(items) - 1, list(items.values())[-1])
            events += _opening(len(items), begun)
            items[key] = begun
        items[key].said += said
        if said:
            place = list(items).index(key)
            events.append(_delta(place, items[key], said))
        yield events
    if items:
        yield _closing(len(items) - 1, list(items.values())[-1])


def _content(reply: Body, ask: Ask) -> Iterator[tuple[object, _Item, str]]:
    """Yield the key of an item, how it begins, and the text that comes for it."""
    thought = False
    for said in reply.deltas():
        if text := said.get("reasoning_content"):
            thought = True
            sealed = {"summary": [], "encrypted_content": sealed_by(ask.model)}
            item = {"id": _id("rs"), "type": "reasoning", **sealed}
            yield (
                "thought",
                _Item(item, "response.reasoning_summary_text", {"summary_index": 0}),
                text,
            )
        for kind, key in (("output_text", "content"), ("refusal", "refusal")):
            if text := said.get(key):
                item = {"id": _id("msg"), "type": "message", "status": "in_progress"}
                item |= {"role": "assistant", "content": []}
                yield kind, _Item(item, f"response.{kind}", {"content_index": 0}), text
        for call in said.get("tool_calls") or ():
            function = call["function"]
            item = {"id": _id("fc_thought" if thought else "fc"), "type": "function_call"}
            item |= {"status": "in_progress", "call_id": call.get("id"), "arguments": ""}
            item["name"] = function.get("name")
            begun = _Item(item, "response.function_call_arguments", {})
            yield ("call", call["index"]), begun, function["arguments"]


def _opening(index: int, begun: _Item) -> list[Object]:
    events = [_border("added", index, begun.item)]
    part = _part(begun, "")
    if part is not None:
        name, at = _part_events(begun), {"item_id": begun.item["id"], "output_index": index}
        events.append({"type": f"{name}.added", **at, **begun.place, "part": part})
    return events


def _delta(index: int, item: _Item, said: str) -> Object:
    at = {"item_id": item.item["id"], "output_index": index, **item.place}
    return {"type": f"{item.events}.delta", **at, **_beside(item), "delta": said}


def _beside(item: _Item) -> Object:
    return {"logprobs": []} if item.events == "response.output_text" else {}


def _closing(index: int, item: _Item) -> list[Object]:
    at = {"item_id": item.item["id"], "output_index": index, **item.place}
    done = {"type": f"{item.events}.done", **at, **_beside(item), _DONE[item.events]: item.said}
    if "name" in item.item:
        done["name"] = item.item["name"]
    events: list[Object] = [done]
    if (part := _part(item, item.said)) is not None:
        events.append({"type": f"{_part_events(item)}.done", **at, "part": part})
    return [*events, _border("done", index, item.filled())]


def _part(item: _Item, text: str) -> Object | None:
    if item.item["type"] == "message":
        kind = item.events.removeprefix("response.")
        more = {"annotations": [], "logprobs": []} if kind == "output_text" else {}
        return {"type": kind, _DONE[item.events]: text, **more}
    return {"type": "summary_text", "text": text} if item.item["type"] == "reasoning" else None


def _part_events(item: _Item) -> str:
    is_message = item.item["type"] == "message"
    return f"response.{'content' if is_message else 'reasoning_summary'}_part"


def _inside(index: int, item: Mapping[str, Any]) -> list[Object]:
    """What happens while a tool of the vendor's runs, or a custom one is called."""
    at = {"item_id": item.get("id"), "output_index": index}
    if item["type"] == "message":
        return [
            {"type": f"response.{part['type']}.delta", **at, "content_index": 0, "delta": letter}
            for part in item["content"]
            for letter in part.get("text") or part["refusal"]
        ]
    if item["type"] == "custom_tool_call":
        events = "response.custom_tool_call_input"
        pieces: list[Object] = [
            {"type": f"{events}.delta", **at, "delta": letter} for letter in item["input"]
        ]
        return [*pieces, {"type": f"{events}.done", **at, "input": item["input"]}]
    if item["type"].endswith("_call") and item["type"] != "function_call":
        return [
            {"type": f"response.{item['type']}.{state}", **at}
            for state in ("in_progress", "completed")
        ]
    return []


def _border(what: str, index: int, item: Mapping[str, Any]) -> Object:
    return {"type": f"response.output_item.{what}", "output_index": index, "item": dict(item)}


def _head(reply: Body, ask: Ask) -> Object:
    return {
        "id": _id("resp"),
        "object": "response",
        "created_at": int(time.time()),
        "status": "in_progress",
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "model": reply.model or ask.model,
        "output": [],
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "usage": None,
        **reply.extra,
    }


def _ended(response: Object, reply: Body) -> Object:
    reason = _CUT_SHORT.get(reply.finish)
    ended: Object = {"status": "completed"}
    if reason is not None:
        ended = {"status": "incomplete", "incomplete_details": {"reason": reason}}
    return {**response, **ended, "usage": _usage(reply.usage)}


def _usage(usage: Any) -> Object | None:
    if usage is None:
        return None
    cached = {"cached_tokens": usage.cached_tokens, "cache_write_tokens": usage.cache_write_tokens}
    return {
        "input_tokens": usage.prompt_tokens,
        "input_tokens_details": cached,
        "output_tokens": usage.completion_tokens,
        "output_tokens_details": {"reasoning_tokens": usage.reasoning_tokens},
        "total_tokens": usage.prompt_tokens + usage.completion_tokens,
    }


def _id(prefix: str) -> str:
    return f"{prefix}_{uuid.uuid4().hex}"
