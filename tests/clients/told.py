"""What a scripted upstream was told, read out of its vendor's own request."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes import Seen


@dataclass(frozen=True, slots=True)
class Told:
    """One request: what users said, what tools answered, what was shown, which tools there are."""

    said: str
    results: str
    images: tuple[bytes, ...]
    tools: frozenset[str]
    is_streamed: bool


def chat(seen: Seen) -> Told:
    """Read a request for a chat completion."""
    body = seen.body
    users = [part for it in _of_role(body["messages"], "user") for part in _parts(it["content"])]
    results = [part for it in _of_role(body["messages"], "tool") for part in _parts(it["content"])]
    return Told(
        _texts(users),
        _texts(results),
        tuple(_data(part["image_url"]["url"]) for part in users if "image_url" in part),
        frozenset(tool["function"]["name"] for tool in body.get("tools") or ()),
        body.get("stream") is True,
    )


def messages(seen: Seen) -> Told:
    """Read a request for a message."""
    body = seen.body
    parts = [it for turn in _of_role(body["messages"], "user") for it in _parts(turn["content"])]
    results = [it for part in parts if part["type"] == "tool_result" for it in _inner(part)]
    sources = [part["source"] for part in [*parts, *results] if part["type"] == "image"]
    return Told(
        _texts(parts),
        _texts(results),
        tuple(_standard(source["data"]) for source in sources if "data" in source),
        frozenset(tool["name"] for tool in body.get("tools") or ()),
        body.get("stream") is True,
    )


def responses(seen: Seen) -> Told:
    """Read a request for a response."""
    body = seen.body
    asked = body["input"]
    items = [{"role": "user", "content": asked}] if isinstance(asked, str) else asked
    parts = [it for item in _of_role(items, "user") for it in _parts(item["content"])]
    outputs = [item["output"] for item in items if item.get("type") == "function_call_output"]
    results = [part for output in outputs for part in _parts(output)]
    shown = [part for part in [*parts, *results] if part["type"] == "input_image"]
    return Told(
        _texts(parts),
        _texts(results),
        tuple(_data(part["image_url"]) for part in shown),
        frozenset(tool.get("name", tool["type"]) for tool in body.get("tools") or ()),
        body.get("stream") is True,
    )


def gemini(seen: Seen) -> Told:
    """Read a request for content; the address says whether it is streamed."""
    body = seen.body
    parts = [part for it in _of_role(body["contents"], "user") for part in it["parts"]]
    found = [part["functionResponse"]["response"] for part in parts if "functionResponse" in part]
    shown = [part["inlineData"]["data"] for part in parts if "inlineData" in part]
    declared = [
        function["name"]
        for tool in body.get("tools") or ()
        for function in tool.get("functionDeclarations", ())
    ]
    return Told(
        _texts(parts),
        json.dumps(found, ensure_ascii=False),
        tuple(_either(data) for data in shown),
        frozenset(declared),
        "streamGenerateContent" in seen.path,
    )


def ollama(seen: Seen) -> Told:
    """Read a request for Ollama's own chat, which streams unless it is told not to."""
    body = seen.body
    users = list(_of_role(body["messages"], "user"))
    shown = [data for message in users for data in message.get("images") or ()]
    return Told(
        "\n".join(message["content"] for message in users),
        "\n".join(message["content"] for message in _of_role(body["messages"], "tool")),
        tuple(_standard(data) for data in shown),
        frozenset(tool["function"]["name"] for tool in body.get("tools") or ()),
        body.get("stream") is not False,
    )


def _of_role(messages: Any, role: str) -> Iterator[Mapping[str, Any]]:
    return (message for message in messages if message.get("role") == role)


def _parts(content: Any) -> list[Mapping[str, Any]]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _inner(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _parts(part.get("content") or "")


def _texts(parts: list[Mapping[str, Any]]) -> str:
    return "\n".join(part["text"] for part in parts if "text" in part)


def _data(url: str) -> bytes:
    head, _, data = url.partition(";base64,")
    if not head.startswith("data:image/"):
        raise ValueError(f"not a picture's URL: {url[:40]}")
    return _standard(data)


def _standard(data: str) -> bytes:
    """Read base64 as most vendors do: in its standard letters alone."""
    return base64.b64decode(data, validate=True)


def _either(data: str) -> bytes:
    """Read base64 as Google does: its own client writes the letters that URLs allow."""
    return _standard(data.replace("-", "+").replace("_", "/"))
