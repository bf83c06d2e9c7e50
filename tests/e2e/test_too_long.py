"""A prompt that is too long is refused in words and codes by which each client shortens it.

Wherever it is found out: by our gate, which lets the largest model try all the same, or by the
provider; in whichever dialect that speaks; and before or after the client was told to wait.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.house import Got, House
from tests.fakes import AnthropicUpstream, Fail, SlowHeaders, Upstream

OPENAI_WORDS = "This model's maximum context length is 8192 tokens, and you sent 9000."
CLAUDE_WORDS = "prompt is too long: 9000 tokens > 8192 maximum"
REFUSALS = {
    Upstream: {
        "error": {
            "message": OPENAI_WORDS,
            "type": "invalid_request_error",
            "param": "messages",
            "code": "context_length_exceeded",
        }
    },
    AnthropicUpstream: {
        "type": "error",
        "error": {"type": "invalid_request_error", "message": CLAUDE_WORDS},
    },
}
SAID = [{"role": "user", "content": "Hello there, how are you? " * 400}]
PROTOCOLS: dict[str, tuple[str, dict[str, Any]]] = {
    "chat": ("/v1/chat/completions", {"messages": SAID}),
    "messages": ("/v1/messages", {"messages": SAID, "max_tokens": 100}),
    "responses": ("/v1/responses", {"input": SAID, "store": False}),
}


def by_openais_code(error: dict[str, Any]) -> bool:
    words = error["message"].lower()
    known = "maximum context length" in words or "prompt is too long" in words
    return error["code"] == "context_length_exceeded" and known


def by_claudes_words(error: dict[str, Any]) -> bool:
    numbers = error["message"].startswith("prompt is too long: 9000 tokens > 8192 maximum")
    return numbers and error["type"] == "invalid_request_error"


KNOWN: dict[str, Callable[[dict[str, Any]], bool]] = {
    "chat": by_openais_code,
    "messages": by_claudes_words,
    "responses": by_openais_code,
}


async def refused(
    house: House, vendor: Upstream, protocol: str, *, stream: bool, known_size: bool = False
) -> Got:
    facts = {"context_tokens": 1_024} if known_size else {}
    kinds = {Upstream: "openai_compatible", AnthropicUpstream: "anthropic_compatible"}
    kind = kinds[type(vendor)]
    await house.add(vendor, kind=kind, models=[{"name": vendor.models[0], **facts}])
    path, body = PROTOCOLS[protocol]
    return await house.call("POST", path, {"model": "auto", "stream": stream, **body})


@pytest.mark.parametrize("known_size", [False, True], ids=["by the provider", "by the gate"])
@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
@pytest.mark.parametrize("server", REFUSALS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_what_is_too_long_is_said_as_clients_know_it(
    house: House, server: type[Upstream], protocol: str, stream: bool, known_size: bool
) -> None:
    async with server() as vendor:
        vendor.default = Fail(400, REFUSALS[server])
        got = await refused(house, vendor, protocol, stream=stream, known_size=known_size)
    assert got.status == 400
    assert KNOWN[protocol](got.json["error"]), got.raw
    row = await house.row()
    assert row["attempts"][0]["failure"] == "context_length_exceeded"
    assert any("no model fits" in warning for warning in row["warnings"]) is known_size


@pytest.mark.parametrize("server", REFUSALS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_it_is_said_so_in_a_stream_that_has_begun_with_heartbeats(
    house: House, server: type[Upstream], protocol: str
) -> None:
    await house.set(dispatch__heartbeat_ms=100)
    async with server() as vendor:
        vendor.default = SlowHeaders(0.3, Fail(400, REFUSALS[server]))  # type: ignore[arg-type]
        got = await refused(house, vendor, protocol, stream=True)
    assert got.status == 200
    errors = [_error(event) for event in got.events if isinstance(event, dict)]
    found = [error for error in errors if error]
    assert found, got.raw
    assert all(KNOWN[protocol](error) for error in found), json.dumps(found)


def _error(event: dict[str, Any]) -> dict[str, Any]:
    """The error of an event; Responses tell it twice: as an event, and in the response."""
    if event.get("type") == "error" and "message" in event:
        return event
    error = event.get("error") or event.get("response", {}).get("error")
    return error if isinstance(error, dict) else {}
