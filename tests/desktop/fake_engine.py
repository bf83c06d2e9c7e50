"""A real admin server without an engine behind it: the routes, types and events of the contract.

In a test it runs in the test's own loop. Run as a program it stands in for `butler serve`:
`python -m tests.desktop.fake_engine [--die-with CODE] [--say TEXT]`.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from butler.contract.engine_file import EngineFile
from butler.contract.events import CallRecorded, ConfigChanged, EventName, Resync, Snapshot
from butler.contract.places import data_dir, engine_file
from butler.contract.problems import Problem, ProblemCode, Problems
from butler.contract.resources import CallRow, State, Status, TokenSecret
from tests.desktop import samples

_ADMIN_TOKEN = "admin-for-tests"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeEngine:
    """What it holds can be changed from outside; `publish` and its kin tell the readers."""

    def __init__(self, directory: Path) -> None:
        self.status: Status = samples.status()
        self.calls: list[CallRow] = []
        self.refusal: Problem | None = None
        self.stopped = asyncio.Event()
        self._file = engine_file(directory)
        self._readers: set[asyncio.Queue[bytes | None]] = set()
        self._next_id = 0

    async def start(self) -> None:
        """Serve on a free port and put up the door plate."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.get("/api/v1/status", self._get_status),
                web.patch("/api/v1/settings", self._patch_settings),
                web.get("/api/v1/tokens/{token}/secret", self._get_secret),
                web.post("/api/v1/shutdown", self._shut_down),
                web.get("/api/v1/events", self._get_events),
                web.get("/api/v1/requests", self._get_requests),
                web.get("/api/v1/requests/{id}", self._get_request),
                web.get("/api/v1/statistics", self._get_statistics),
                web.get("/api/v1/requests/{id}/body", self._get_body),
            ]
        )
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        door = EngineFile(
            pid=os.getpid(),
            version=self.status.version,
            admin_url=f"http://127.0.0.1:{port}",
            token=_ADMIN_TOKEN,
            base_url=self.status.base_url,
            started_at=datetime.now(UTC),
        )
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(door.model_dump_json())

    async def stop(self, *, cleanly: bool = True) -> None:
        """Stop serving; one that does not stop cleanly leaves its door plate behind."""
        if cleanly:
            self._file.unlink(missing_ok=True)
        self.cut()
        await self._runner.cleanup()

    def record(self, call: CallRow, **changes: Any) -> None:
        """A call ended: count it, keep it, tell it."""
        self.calls.insert(0, call)
        changes = {"requests_today": self.status.requests_today + 1, **changes}
        self.status = self.status.model_copy(update=changes)
        self._tell(EventName.CALL, CallRecorded(call=call, status=self.status))

    def configure(self, **changes: Any) -> None:
        """The configuration changed."""
        changes = {"revision": self.status.revision + 1, **changes}
        self.status = self.status.model_copy(update=changes)
        event = ConfigChanged(
            revision=self.status.revision, resources=["settings"], status=self.status
        )
        self._tell(EventName.CONFIG, event)

    def resync(self) -> None:
        """Tell the readers that they were too slow."""
        self._tell(EventName.RESYNC, Resync(reason="queue full"))

    def cut(self) -> None:
        """End every event stream."""
        for reader in self._readers:
            reader.put_nowait(None)

    @property
    def readers(self) -> int:
        """How many follow the events."""
        return len(self._readers)

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {_ADMIN_TOKEN}":
            return _refuse(401, Problem(code=ProblemCode.UNAUTHORIZED, detail="Not for you."))
        if self.refusal and request.method != "GET":
            return _refuse(409, self.refusal)
        return await handler(request)

    async def _get_status(self, request: web.Request) -> web.Response:
        return _json(self.status)

    async def _patch_settings(self, request: web.Request) -> web.Response:
        changes = await request.json()
        if "routing.enabled" in changes:
            self.configure(state=State.ROUTING if changes["routing.enabled"] else State.OFF)
        if "server.paused" in changes:
            self.configure(state=State.PAUSED if changes["server.paused"] else State.ROUTING)
        if "privacy.local_only" in changes:
            self.configure(local_only=changes["privacy.local_only"])
        return web.json_response({"items": []})

    async def _get_secret(self, request: web.Request) -> web.Response:
        name = request.match_info["token"]
        if name != self.status.default_token:
            problem = Problem(code=ProblemCode.NO_COPY, detail=f"No copy of {name} is kept.")
            return _refuse(404, problem)
        return _json(TokenSecret(id="token-1", name=name, token=samples.TOKEN))

    async def _get_requests(self, request: web.Request) -> web.Response:
        calls = self.calls
        if before := request.query.get("before"):
            calls = calls[[call.id for call in calls].index(before) + 1 :]
        page = calls[: int(request.query["limit"])]
        return web.json_response({"items": [call.model_dump(mode="json") for call in page]})

    async def _get_request(self, request: web.Request) -> web.Response:
        return _json(next(call for call in self.calls if call.id == request.match_info["id"]))

    async def _get_statistics(self, request: web.Request) -> web.Response:
        return _json(samples.no_statistics())

    async def _get_body(self, request: web.Request) -> web.Response:
        return _refuse(404, Problem(code=ProblemCode.NOT_FOUND, detail="Nothing was kept."))

    async def _shut_down(self, request: web.Request) -> web.Response:
        self.stopped.set()
        return web.json_response({}, status=202)

    async def _get_events(self, request: web.Request) -> web.StreamResponse:
        reply = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await reply.prepare(request)
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        snapshot = Snapshot(status=self.status, calls=self.calls[:50])
        queue.put_nowait(b": hello\n\n" + self._frame(EventName.SNAPSHOT, snapshot))
        self._readers.add(queue)
        try:
            while frame := await queue.get():
                await reply.write(frame)
        finally:
            self._readers.discard(queue)
        return reply

    def _tell(self, name: EventName, event: BaseModel) -> None:
        frame = self._frame(name, event)
        for reader in self._readers:
            reader.put_nowait(frame)

    def _frame(self, name: EventName, event: BaseModel) -> bytes:
        self._next_id += 1
        return f"id: {self._next_id}\nevent: {name}\ndata: {event.model_dump_json()}\n\n".encode()


def _json(answer: BaseModel) -> web.Response:
    return web.json_response(text=answer.model_dump_json())


def _refuse(status: int, problem: Problem) -> web.Response:
    return web.json_response(text=Problems(problems=[problem]).model_dump_json(), status=status)


async def _serve() -> None:
    engine = FakeEngine(data_dir())
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, engine.stopped.set)
    await engine.start()
    await engine.stopped.wait()
    await engine.stop()


def main() -> int:
    """Stand in for `butler serve`, or for one that fails."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--die-with", type=int)
    parser.add_argument("--say", default="")
    options = parser.parse_args()
    if options.say:
        sys.stderr.write(f"{options.say}\n")
    if options.die_with is not None:
        return int(options.die_with)
    asyncio.run(_serve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
