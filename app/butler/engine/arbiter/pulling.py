"""Fetching the model, at its owner's word: one pull at a time, and how far it is."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

from butler.engine.arbiter.servers import Progress, Server, ServerError

_TOLD_EVERY_S = 0.25


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull that runs or has ended; `error` says why it did not bring the model."""

    model: str
    progress: Progress
    is_running: bool = True
    error: str | None = None


class Pulling:
    """The latest pull. `tell` hears how it goes, a few times a second at most."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self.latest: Pull | None = None
        self._tell = tell
        self._task: asyncio.Task[None] | None = None
        self._told_at = 0.0

    def start(self, server: Server, model: str, done: Callable[[], None]) -> None:
        """Begin to pull, unless one runs; `done` is called once the model is there."""
        if self.latest is not None and self.latest.is_running:
            return
        self.latest = Pull(model, Progress("starting"))
        self._task = asyncio.create_task(self._run(server, model, done), name="arbiter-pull")

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, server: Server, model: str, done: Callable[[], None]) -> None:
        progress = Progress("starting")
        error = None
        try:
            async with aclosing(server.pull()) as lines:
                async for progress in lines:
                    self._say(Pull(model, progress))
            if progress.status != "success":
                error = "the server ended the pull before its end"
        except ServerError as trouble:
            error = str(trouble)
        finally:
            await server.close()
        self._say(Pull(model, progress, is_running=False, error=error), at_once=True)
        if error is None:
            done()

    def _say(self, pull: Pull, *, at_once: bool = False) -> None:
        self.latest = pull
        now = asyncio.get_running_loop().time()
        if at_once or now - self._told_at >= _TOLD_EVERY_S:
            self._told_at = now
            self._tell()
