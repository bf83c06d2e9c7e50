"""Ollama's own API as one vendor of chats, and a server that plays it.

Unlike `ollama`, which a real model stands behind, this one is scripted.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import count
from typing import Any

from aiohttp import web

from tests.fakes import completion
from tests.fakes.errors import VendorError
from tests.fakes.ollama_checks import Ask, Model, listed, read_ask
from tests.fakes.replies import Answer
from tests.fakes.upstream import Behaviour, Upstream

NDJSON = "application/x-ndjson"
_WORDS = {500: "llama runner process has terminated: exit status 2", 503: "server busy"}


class OllamaChat:
    """The vendor of `/api/chat`. `asked` is what valid requests asked for."""

    path = "/api/chat"
    stream_type = NDJSON

    def __init__(self, models: Mapping[str, Model], default_num_ctx: int, *, old: bool) -> None:
        self.models = models
        self.default_num_ctx = default_num_ctx
        self.old = old
        self.asked: list[Ask] = []

    def check_head(self, headers: Mapping[str, str], key: str) -> None:
        """Want a key only where there is one, as the vendor's cloud does."""
        if key and headers.get("Authorization") != f"Bearer {key}":
            raise VendorError(401, "unauthorized")

    def read_ask(self, raw: bytes, _models: Collection[str]) -> Ask:
        """Check a request."""
        ask = read_ask(raw, self.models, self.default_num_ctx, old=self.old)
        self.asked.append(ask)
        return ask

    def listing(self, path: str, _query: Mapping[str, str], _models: Sequence[str]) -> Any:
        """`GET /api/tags`."""
        if path != "/api/tags":
            raise VendorError(404, "404 page not found")
        return listed(self.models)

    def error(self, _status: int, message: str, _param: str | None, _code: str | None) -> Any:
        """An error is one sentence."""
        return {"error": message}

    def failure(self, status: int) -> Any:
        """The error that comes with a status."""
        return {"error": _WORDS.get(status, f"refused with status {status}")}

    def whole(self, reply: completion.Body, ask: Ask) -> Any:
        """The one object of a whole answer."""
        message = reply.message()
        said: dict[str, Any] = {"role": "assistant", "content": message.get("content") or ""}
        if thought := message.get("reasoning_content"):
            said["thinking"] = thought
        if calls := message.get("tool_calls"):
            said["tool_calls"] = [_call(call, self.old) for call in calls]
        return {**_head(reply, ask, 0), "message": said, **_end(reply)}

    def events(self, reply: completion.Body, ask: Ask) -> list[bytes]:
        """The lines of a stream: pieces, then every call whole, then the end with its counts."""
        told: list[dict[str, Any]] = []
        for delta in reply.deltas():
            if thought := delta.get("reasoning_content"):
                told.append({"role": "assistant", "content": "", "thinking": thought})
            elif delta.get("content"):
                told.append({"role": "assistant", "content": delta["content"]})
        for call in reply.message().get("tool_calls", ()):
            calls = [_call(call, self.old)]
            told.append({"role": "assistant", "content": "", "tool_calls": calls})
        place = count()
        lines = [{**_head(reply, ask, next(place)), "message": it, "done": False} for it in told]
        last = {"role": "assistant", "content": ""}
        lines.append({**_head(reply, ask, next(place)), "message": last, **_end(reply)})
        return [_line(line) for line in lines]

    def error_events(self, body: Any, *, with_done: bool) -> list[bytes]:
        """The error as a line, after which nothing comes."""
        return [_line(body)]


class OllamaUpstream(Upstream):
    """The scripted vendor; `base_url` is its root. `asked` are the valid requests.

    An `old` server cuts prompts whatever it is asked, gives calls neither ids nor numbers, and
    tells nothing of its models.
    """

    def __init__(
        self,
        models: Mapping[str, Model] | None = None,
        key: str = "",
        default: Behaviour | None = None,
        default_num_ctx: int = 4096,
        *,
        old: bool = False,
    ) -> None:
        known = models or {"alpha": Model(), "beta": Model()}
        super().__init__(tuple(known), key, default or Answer())
        self.chats = OllamaChat(known, default_num_ctx, old=old)
        self.vendor = self.chats

    @property
    def base_url(self) -> str:
        """Where a client points."""
        return f"http://127.0.0.1:{self.port}"

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.path != "/api/show" or self.chats.old:
            return await super()._serve(request)
        name = str((await request.json())["model"])
        model = self.chats.models.get(name.removesuffix(":latest"))
        if model is None:
            return web.json_response({"error": f"model '{name}' not found"}, status=404)
        return web.json_response(_shown(model))

    @property
    def asked(self) -> list[Ask]:
        """What valid requests asked for, and what of them the model got to see."""
        return self.chats.asked


def _shown(model: Model) -> dict[str, Any]:
    return {
        "details": {"format": "gguf", "family": "qwen3"},
        "model_info": {
            "general.architecture": "qwen3",
            "qwen3.context_length": model.context_tokens,
            "qwen3.embedding_length": 4096,
        },
        "capabilities": sorted(model.abilities),
    }


def _call(call: Mapping[str, Any], old: bool) -> dict[str, Any]:
    function = call["function"]
    named = {"name": function["name"], "arguments": json.loads(function["arguments"])}
    if old:
        return {"function": named}
    return {"id": call["id"], "function": {"index": 0, **named}}


def _head(reply: completion.Body, ask: Ask, place: int) -> dict[str, Any]:
    created = f"2026-11-23T12:00:00.{place:06d}Z"
    return {"model": reply.model or ask.model, "created_at": created, **reply.extra}


def _end(reply: completion.Body) -> dict[str, Any]:
    reason = "length" if reply.finish == "length" else "stop"
    counts = {}
    if reply.usage is not None:
        used = reply.usage.body()
        counts = {
            "prompt_eval_count": used["prompt_tokens"],
            "eval_count": used["completion_tokens"],
        }
    durations = {"total_duration": 1_000_000, "load_duration": 1_000, "eval_duration": 900_000}
    return {"done": True, "done_reason": reason, **durations, **counts}


def _line(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode() + b"\n"
