"""A living engine on free ports, with all that a test needs around it: clients, owner, log."""

import asyncio
import base64
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp
from openai import AsyncOpenAI

from butler.engine.engine import Engine, StartOptions
from tests.fakes import Upstream

MASTER_KEY = base64.b64encode(bytes(range(32))).decode()
HELLO: list[Any] = [{"role": "user", "content": "Hello there, how are you?"}]
_ROW_WAIT_S = 5.0
_LARGE_BYTES = 512 * 1024
RULES_ALONE = {
    "cache.exact": False,
    "cache.semantic": False,
    "embedding.enabled": False,
    "arbiter.enabled": False,
    "dispatch.failure_memory_ms": 0,
}
"""Most tests ask the same twice, and mean it: no cache, no model, no guess, no memory."""


@dataclass(frozen=True, slots=True)
class Got:
    """A reply as it came over the wire."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.raw)

    @property
    def error(self) -> dict[str, Any]:
        """The vendor-shaped error in the body; all four of its fields must be there."""
        error: dict[str, Any] = self.json["error"]
        assert {"message", "type", "param", "code"} <= set(error), error
        assert error["message"]
        return error

    @property
    def problem(self) -> dict[str, Any]:
        """The first problem of an admin refusal."""
        problem: dict[str, Any] = self.json["problems"][0]
        assert {"code", "field", "detail", "hint"} <= set(problem), problem
        return problem

    @property
    def events(self) -> list[Any]:
        """The data of every event of a stream; `[DONE]` stays text."""
        return [
            data if data == "[DONE]" else json.loads(data)
            for block in self.raw.decode().split("\n\n")
            for data in ["\n".join(_data_lines(block))]
            if data
        ]

    @property
    def text(self) -> str:
        """What the model said in a stream."""
        return "".join(
            choice["delta"].get("content") or ""
            for event in self.events
            if isinstance(event, dict)
            for choice in event.get("choices", ())
        )


def _data_lines(block: str) -> list[str]:
    return [line[5:].removeprefix(" ") for line in block.splitlines() if line.startswith("data:")]


class House:
    """One engine, its owner's session and its clients; `async with House(dir) as house:`."""

    def __init__(
        self,
        data_dir: Path,
        environment: Mapping[str, str] | None = None,
        command_line: Mapping[str, Any] | None = None,
        *,
        all_layers: bool = False,
    ) -> None:
        self.data_dir = data_dir
        variables = {"BUTLER_MASTER_KEY": MASTER_KEY, **(environment or {})}
        layers = {} if all_layers else RULES_ALONE
        given = {"server.port": 0, "admin.port": 0, **layers, **(command_line or {})}
        self.engine = Engine(StartOptions(data_dir, variables, given))
        self.token = ""
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        await self.engine.start()
        if self.engine.first_token is not None:
            self.token = self.engine.first_token.token
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.session.close()
        await self.engine.stop()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session of clients and owner alike."""
        assert self._session is not None
        return self._session

    @property
    def root(self) -> str:
        """The endpoint without `/v1`."""
        return self.engine.base_url.removesuffix("/v1")

    @property
    def port(self) -> int:
        """The endpoint's port."""
        port = urlsplit(self.engine.base_url).port
        assert port
        return port

    async def admin(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Got:
        """Call the admin API; bytes are sent as they are."""
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.engine.admin_token}", **(headers or {})}
        async with self.session.request(
            method, f"{self.engine.admin_url}/api/v1/{path}", data=data, headers=sent
        ) as reply:
            return Got(reply.status, reply.headers, await reply.read())

    async def add(self, up: Upstream, name: str = "acme", **fields: Any) -> dict[str, Any]:
        """Configure an upstream as a provider with all of its models."""
        body = {
            "name": name,
            "kind": "openai_compatible",
            "base_url": up.base_url,
            "api_key": up.key,
            "models": [{"name": model} for model in up.models],
            **fields,
        }
        return await self.add_body(body)

    async def add_address(self, name: str, base_url: str, *models: str) -> dict[str, Any]:
        """Configure a provider at an address where nobody sane answers."""
        named = [{"name": model} for model in models or ("alpha",)]
        kind = "openai_compatible"
        return await self.add_body(
            {"name": name, "kind": kind, "base_url": base_url, "models": named}
        )

    async def add_body(self, body: object) -> dict[str, Any]:
        """Add a provider as written."""
        got = await self.admin("POST", "providers", body)
        assert got.status == 201, got.raw
        added: dict[str, Any] = got.json
        return added

    async def rule(self, target: str, *fallbacks: str, **fields: Any) -> dict[str, Any]:
        """Add a rule that holds for whatever is asked."""
        body = {
            "name": "everything",
            "when": {"all": [{"kind": "tokens", "min": 0}]},
            "target": target,
            "fallbacks": list(fallbacks),
            **fields,
        }
        got = await self.admin("POST", "rules", body)
        assert got.status == 201, got.raw
        added: dict[str, Any] = got.json
        return added

    async def set(self, **values: Any) -> None:
        """Change settings; two underscores stand for the dot."""
        named = {key.replace("__", "."): value for key, value in values.items()}
        got = await self.admin("PATCH", "settings", named)
        assert got.status == 200, got.raw

    async def post(self, body: object, **options: Any) -> Got:
        """Ask for a chat completion; bytes are sent as they are."""
        return await self.call("POST", "/v1/chat/completions", body, **options)

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> Got:
        """Send any request to the endpoint; `token=""` sends none."""
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        # In pieces, as the client library wants large bodies.
        sending = io.BytesIO(data) if data and len(data) > _LARGE_BYTES else data
        secret = self.token if token is None else token
        sent = {"Authorization": f"Bearer {secret}"} if secret else {}
        async with self.session.request(
            method, self.root + path, data=sending, headers={**sent, **(headers or {})}
        ) as reply:
            return Got(reply.status, reply.headers, await reply.read())

    async def ask(self, model: str | None = "auto", *, stream: bool = False, **fields: Any) -> Got:
        """Ask the usual question."""
        named = {} if model is None else {"model": model}
        return await self.post({**named, "messages": HELLO, "stream": stream, **fields})

    @asynccontextmanager
    async def sdk(self) -> AsyncIterator[AsyncOpenAI]:
        """The vendor's own client, without retries of its own."""
        async with AsyncOpenAI(
            base_url=self.engine.base_url, api_key=self.token, max_retries=0
        ) as sdk:
            yield sdk

    async def rows(self, count: int) -> list[dict[str, Any]]:
        """Wait until so many calls are in the log, and return them, oldest first."""
        async with asyncio.timeout(_ROW_WAIT_S):
            while True:
                rows: list[dict[str, Any]] = (await self.admin("GET", "requests")).json["items"]
                if len(rows) >= count:
                    assert len(rows) == count, rows
                    return rows[::-1]
                await asyncio.sleep(0.02)

    async def row(self) -> dict[str, Any]:
        """Wait for the one call in the log."""
        return (await self.rows(1))[0]

    async def status(self) -> dict[str, Any]:
        """The engine at a glance."""
        found: dict[str, Any] = (await self.admin("GET", "status")).json
        return found

    async def until_idle(self) -> None:
        """Wait until no call is in flight."""

        async def idle() -> bool:
            return not await self.in_flight()

        await until(idle)

    async def in_flight(self) -> int:
        """How many calls are being answered."""
        count: int = (await self.status())["in_flight"]
        return count


async def until(
    holds: Callable[[], Awaitable[object]] | Callable[[], object], seconds: float = 5.0
) -> None:
    """Wait until something holds, else TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            found = holds()
            if await found if isinstance(found, Awaitable) else found:
                return
            await asyncio.sleep(0.01)


def http(
    body: bytes | str,
    token: str,
    *,
    path: str = "/v1/chat/completions",
    headers: Sequence[bytes] = (),
) -> bytes:
    """A request as curl would write it, byte by byte."""
    data = body.encode() if isinstance(body, str) else body
    head = [
        f"POST {path} HTTP/1.1".encode(),
        b"Host: localhost",
        b"Authorization: Bearer " + token.encode(),
        b"Content-Type: application/json",
        b"Content-Length: " + str(len(data)).encode(),
        b"Connection: close",
        *headers,
    ]
    return b"\r\n".join(head) + b"\r\n\r\n" + data


async def talk(port: int, sent: bytes) -> bytes:
    """Send bytes to the endpoint and return all that comes back until it hangs up or is quiet."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        await writer.drain()
        return await _all(reader)
    finally:
        writer.close()
        await writer.wait_closed()


async def _all(reader: asyncio.StreamReader, quiet_s: float = 0.25) -> bytes:
    got = b""
    while True:
        try:
            piece = await asyncio.wait_for(reader.read(65536), quiet_s)
        except TimeoutError:
            return got
        if not piece:
            return got
        got += piece
