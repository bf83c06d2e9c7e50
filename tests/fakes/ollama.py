"""An Ollama for tests: its API on a real socket, in front of a real local model server.

What it says is what the published API says; `faults` are served first, one to each question.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

MODEL = "fauxpaslife/arch-router:1.5b"
_CREATED = "2026-11-23T12:00:00.000000Z"
_NDJSON = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Says:
    """Answer with these words, after a while; `reason` is why it stopped."""

    words: str
    after_s: float = 0.0
    reason: str = "stop"


@dataclass(frozen=True, slots=True)
class Raw:
    """Answer with this body."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut:
    """Hang up in the middle of the answer."""


@dataclass(frozen=True, slots=True)
class Flood:
    """Answer without an end."""


Fault = Says | Raw | Cut | Flood


@dataclass(slots=True)
class Model:
    """What the server behind does with a question."""

    llama: str | None = None
    tells_probabilities: bool = False
    delay_s: float = 0.0
    answer: str | None = None


class FakeOllama:
    """`async with FakeOllama(model) as up:`; `asked` are the questions as they came."""

    def __init__(self, model: Model, pulled: Sequence[str] = (MODEL,)) -> None:
        self.model = model
        self.pulled = list(pulled)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[Fault] = []
        self.lines: list[dict[str, Any]] = _pull_lines()
        self.url = ""
        self.in_flight = self.most_in_flight = 0
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self._ending = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_get("/api/tags", self._tags)
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/api/chat", self._chat)
        app.router.add_post("/v1/chat/completions", self._completions)
        app.router.add_post("/api/pull", self._pull)
        self._ending.clear()
        self._session = aiohttp.ClientSession()
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        """Die."""
        self._ending.set()
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _tags(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        models = [
            {
                "name": name,
                "model": name,
                "modified_at": _CREATED,
                "size": 986_000_000,
                "digest": "a" * 64,
                "details": {"format": "gguf", "family": "qwen2", "families": ["qwen2"]},
            }
            for name in self.pulled
        ]
        return web.json_response({"models": models})

    async def _models(self, request: web.Request) -> web.Response:
        data = [{"id": name, "object": "model"} for name in self.pulled]
        return web.json_response({"object": "list", "data": data})

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, native=True)

    async def _completions(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, native=False)

    async def _serve(self, request: web.Request, *, native: bool) -> web.StreamResponse:
        asked = await request.json()
        self.asked.append(asked)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            if asked["model"] not in self.pulled:
                told = f"model '{asked['model']}' not found"
                return web.json_response({"error": told}, status=404)
            if self.faults:
                return await self._faulty(request, self.faults.pop(0), native)
            await self._wait(self.model.delay_s)
            if self.model.answer is not None:
                return web.json_response(_said(native, Says(self.model.answer)))
            return web.json_response(await self._really(asked, native))
        finally:
            self.in_flight -= 1

    async def _wait(self, seconds: float) -> None:
        """Take a while, but no longer than the test."""
        try:
            await asyncio.wait_for(self._ending.wait(), seconds)
        except TimeoutError:
            return

    async def _faulty(self, request: web.Request, fault: Fault, native: bool) -> web.StreamResponse:
        match fault:
            case Says():
                await self._wait(fault.after_s)
                return web.json_response(_said(native, fault))
            case Raw():
                return web.Response(body=fault.body, status=fault.status, headers=fault.headers)
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(b'{"model": "x", "message": {"role": "assistant", "content": "{')
        while isinstance(fault, Flood) and not self._ending.is_set():
            await response.write(b"route " * 10_000)
        if request.transport is not None:
            request.transport.abort()
        return response

    async def _really(self, asked: dict[str, Any], native: bool) -> dict[str, Any]:
        """Have the model server answer, which speaks OpenAI's protocol."""
        body = dict(asked)
        if native:
            options = asked.get("options", {})
            schema = {"name": "answer", "schema": asked["format"]}
            body = {
                "model": "tiny",
                "messages": asked["messages"],
                "temperature": options.get("temperature", 0.8),
                "max_tokens": options.get("num_predict", -1),
                "response_format": {"type": "json_schema", "json_schema": schema},
                "logprobs": bool(asked.get("logprobs")),
            }
        assert self._session is not None
        url = f"{self.model.llama}/v1/chat/completions"
        async with self._session.post(url, json=body) as response:
            found = await response.json()
        return _as_ollama(found, self.model.tells_probabilities) if native else found

    async def _pull(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        response = web.StreamResponse(headers={"Content-Type": _NDJSON})
        await response.prepare(request)
        for line in self.lines:
            await response.write(json.dumps(line).encode() + b"\n")
            await self._wait(0.02)
        if self.lines and self.lines[-1].get("status") == "success":
            self.pulled.append(asked["model"])
        return response


def _said(native: bool, fault: Says) -> dict[str, Any]:
    message = {"role": "assistant", "content": fault.words}
    if not native:
        reason = fault.reason
        return {"choices": [{"index": 0, "message": message, "finish_reason": reason}]}
    return {
        "model": MODEL,
        "created_at": _CREATED,
        "message": message,
        "done": True,
        "done_reason": fault.reason,
        "total_duration": 1_000_000,
        "eval_count": 5,
    }


def _as_ollama(found: dict[str, Any], tells_probabilities: bool) -> dict[str, Any]:
    choice = found["choices"][0]
    said = _said(True, Says(choice["message"]["content"], reason=choice["finish_reason"]))
    if tells_probabilities:
        said["logprobs"] = [
            {"token": one["token"], "logprob": one["logprob"], "top_logprobs": []}
            for one in choice["logprobs"]["content"]
        ]
    return said


def _pull_lines() -> list[dict[str, Any]]:
    digest = "sha256:" + "b" * 64
    rising = [
        {"status": "pulling bbbbbbbbbbbb", "digest": digest, "total": 1000, "completed": done}
        for done in (100, 400, 700, 1000)
    ]
    ending = [{"status": word} for word in ("verifying sha256 digest", "writing manifest")]
    return [{"status": "pulling manifest"}, *rising, *ending, {"status": "success"}]
