"""Kept answers in every protocol that clients speak, parsed by their vendors' own clients."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import House, until
from tests.e2e.speaking import by_chat, by_contents, by_messages, by_responses
from tests.e2e.test_exact_cache import until_kept
from tests.fakes import (
    Answer,
    AnthropicUpstream,
    OllamaUpstream,
    ToolCall,
    ToolCalls,
    Upstream,
    Usage,
)

pytestmark = pytest.mark.filterwarnings("ignore:Inheritance class Aiohttp:DeprecationWarning")
EXACT = {
    "cache.semantic": False,
    "cache.tool_calls": True,
    "embedding.enabled": False,
    "arbiter.enabled": False,
}
SIMILAR = {"cache.exact": False, "embedding.enabled": False, "arbiter.enabled": False}
QUESTION = "How do I reverse a linked list in Python?"
POLITELY = "please, how do i reverse a linked list in python"
ANOTHER = "How do I sort a linked list in Python?"
ANSWER = Answer(chunks=["Geh ", "einmal durch, 世界."], usage=Usage(31, 7))
CALLS = ToolCalls(
    calls=(ToolCall("look", '{"at": "Bern"}'), ToolCall("look", '{"at": "Thun"}')),
    usage=Usage(40, 12),
)
BOTH = pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
"""How it is asked first; then it is asked in both ways."""
_SCHEMA: Any = {"type": "object", "properties": {"at": {"type": "string"}}}
_LOOK: Any = {"name": "look", "description": "Look somewhere."}


@dataclass(frozen=True, slots=True)
class Protocol:
    """One protocol: its vendor's client, its words, and where it is spoken."""

    ask: Callable[..., Any]
    question: Callable[[str], dict[str, Any]]
    tools: dict[str, Any]
    path: str = ""

    @property
    def streamed_path(self) -> str:
        """Where a stream is asked for."""
        return self.path.replace(":generateContent", ":streamGenerateContent?alt=sse")


def _contents(text: str) -> dict[str, Any]:
    return {"model": "auto", "contents": text}


def _messages(text: str) -> dict[str, Any]:
    said = [{"role": "user", "content": text}]
    return {"model": "auto", "max_tokens": 100, "messages": said}


PROTOCOLS = {
    "chat": Protocol(
        by_chat,
        lambda text: {"model": "auto", "messages": [{"role": "user", "content": text}]},
        {"tools": [{"type": "function", "function": {**_LOOK, "parameters": _SCHEMA}}]},
        "/v1/chat/completions",
    ),
    "messages": Protocol(
        by_messages,
        _messages,
        {"tools": [{**_LOOK, "input_schema": _SCHEMA}]},
        "/v1/messages",
    ),
    "responses": Protocol(
        by_responses,
        lambda text: {"model": "auto", "input": text},
        {"tools": [{"type": "function", **_LOOK, "parameters": _SCHEMA, "strict": False}]},
        "/v1/responses",
    ),
    "contents": Protocol(
        by_contents,
        _contents,
        {"config": {"tools": [{"function_declarations": [{**_LOOK, "parameters": _SCHEMA}]}]}},
        "/v1beta/models/auto:generateContent",
    ),
}
PROVIDERS: dict[str, tuple[type[Upstream], str]] = {
    "anthropic": (AnthropicUpstream, "anthropic_compatible"),
    "ollama": (OllamaUpstream, "ollama"),
}


@pytest.fixture(params=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> Protocol:
    return PROTOCOLS[request.param]


@pytest.fixture(params=PROVIDERS)
async def vendor(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Upstream, str]]:
    """Who answers the first time, and its kind."""
    made, kind = PROVIDERS[request.param]
    async with made() as up:
        yield up, kind


async def asked_again(house: House, protocol: Protocol, asked: dict[str, Any], stream: bool) -> Any:
    """Ask, wait until the answer is kept, ask in both ways again, and return the one answer."""
    heard = await protocol.ask(house, stream, asked)
    await until_kept(house)
    assert await protocol.ask(house, True, asked) == heard
    assert await protocol.ask(house, False, asked) == heard
    return heard


@BOTH
async def test_the_same_again(
    tmp_path: Path, up: Upstream, protocol: Protocol, stream: bool
) -> None:
    up.default = ANSWER
    async with House(tmp_path / "data", command_line=EXACT, all_layers=True) as house:
        await house.add(up)
        heard = await asked_again(house, protocol, protocol.question(QUESTION), stream)
        rows = await house.rows(3)
    assert (heard.text, heard.counts) == ("Geh einmal durch, 世界.", (31, 7))
    assert len(up.seen) == 1
    assert [row["layer"] for row in rows] == ["default", "exact_cache", "exact_cache"]


async def test_whoever_answered(
    tmp_path: Path, vendor: tuple[Upstream, str], protocol: Protocol
) -> None:
    up, kind = vendor
    up.default = ANSWER
    async with House(tmp_path / "data", command_line=EXACT, all_layers=True) as house:
        await house.add(up, kind=kind, api_key=up.key or None)
        heard = await asked_again(house, protocol, protocol.question(QUESTION), True)
    assert (heard.text, heard.counts) == ("Geh einmal durch, 世界.", (31, 7))
    assert len(up.seen) == 1


@BOTH
async def test_calls_of_tools_are_kept_too(
    tmp_path: Path, up: Upstream, protocol: Protocol, stream: bool
) -> None:
    up.default = CALLS
    asked = {**protocol.question(QUESTION), **protocol.tools}
    async with House(tmp_path / "data", command_line=EXACT, all_layers=True) as house:
        await house.add(up)
        heard = await asked_again(house, protocol, asked, stream)
    assert [(name, given["at"]) for _, name, given in heard.calls] == [
        ("look", "Bern"),
        ("look", "Thun"),
    ]
    assert heard.counts == (40, 12)
    assert len(up.seen) == 1


@BOTH
async def test_the_same_in_other_words(
    tmp_path: Path, up: Upstream, protocol: Protocol, stream: bool
) -> None:
    up.default = ANSWER
    async with House(tmp_path / "data", command_line=SIMILAR, all_layers=True) as house:
        await house.add(up)
        heard = await protocol.ask(house, stream, protocol.question(QUESTION))

        async def is_kept() -> bool:
            return bool((await house.admin("GET", "cache")).json["semantic"]["entries"])

        await until(is_kept)
        assert await protocol.ask(house, True, protocol.question(POLITELY)) == heard
        assert await protocol.ask(house, False, protocol.question(POLITELY)) == heard
        await protocol.ask(house, stream, protocol.question(ANOTHER))
        rows = await house.rows(4)
    hit = "semantic_cache"
    assert [row["layer"] for row in rows] == ["default", hit, hit, "default"]
    assert len(up.seen) == 2


async def test_what_the_headers_say(tmp_path: Path, up: Upstream, protocol: Protocol) -> None:
    async with House(tmp_path / "data", command_line=EXACT, all_layers=True) as house:
        await house.add(up)
        body = protocol.question(QUESTION)
        if "contents" in body:
            body = {"contents": [{"role": "user", "parts": [{"text": QUESTION}]}]}
        first = await house.call("POST", protocol.path, body)
        assert first.headers["x-butler-cache"] == "miss"
        await until_kept(house)
        whole = await house.call("POST", protocol.path, body)
        asks = {} if "contents" in body else {"stream": True}
        streamed = await house.call("POST", protocol.streamed_path, {**body, **asks})
        for got, kind in ((whole, "application/json"), (streamed, "text/event-stream")):
            assert got.status == 200, got.raw
            assert got.headers["x-butler-cache"] == "hit"
            assert got.headers["x-butler-layer"] == "exact_cache"
            assert got.headers["x-butler-target"] == "acme/alpha"
            assert got.headers["Content-Type"].startswith(kind)
        assert len(up.seen) == 1


async def test_protocols_do_not_share(tmp_path: Path, up: Upstream) -> None:
    """Their requests say different things even where their words are the same."""
    async with House(tmp_path / "data", command_line=EXACT, all_layers=True) as house:
        await house.add(up)
        for count, protocol in enumerate(PROTOCOLS.values(), 1):
            await protocol.ask(house, False, protocol.question(QUESTION))
            await until_kept(house, count)
        assert len(up.seen) == len(PROTOCOLS)
