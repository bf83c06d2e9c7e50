"""Finds a living engine, starts one as our child, and stops what we started ourselves."""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from butler.contract.engine_file import EngineFile
from butler.contract.places import engine_file
from butler.desktop.background import Background
from butler.desktop.engine_client import EngineClient, EngineGone, Refused
from butler.desktop.failure import Failure, FailureKind, kind_of

_KEPT_BYTES = 16_384
_KEPT_LINES = 40
_LOOK_EVERY_S = 0.1
_ANSWER_S = 3.0
_START_S = 60.0
_DRAIN_S = 15.0
_TERMINATE_S = 5.0


class EngineFailed(Exception):
    """The engine could not start."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"The engine {failure.kind}: {' '.join(failure.output[-1:])}")
        self.failure = failure


def engine_command() -> list[str]:
    """Return the command that starts the engine: the same program with `serve`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "serve"]
    return [sys.executable, "-m", "butler", "serve"]


class EngineProcess:
    """The engine of one data directory, seen as a process."""

    def __init__(self, command: Sequence[str], directory: Path, background: Background) -> None:
        self._command = command
        self._directory = directory
        self._background = background
        self._child: asyncio.subprocess.Process | None = None
        self._written = b""

    @property
    def alive(self) -> bool:
        """Whether an engine that we started still runs."""
        return self._child is not None and self._child.returncode is None

    @property
    def exit_code(self) -> int | None:
        """How the engine that we started ended; None while it lives, or where there is none."""
        return self._child.returncode if self._child else None

    @property
    def failure(self) -> Failure:
        """Why the engine that we started is not there."""
        return Failure(kind_of(self.exit_code), self._output())

    async def door_is_shut(self) -> bool:
        """Return whether no engine claims to serve: one that stops cleanly takes its file along."""
        return await asyncio.to_thread(_read_door, self._directory) is None

    async def find(self) -> EngineFile | None:
        """Return the door plate of the living engine, whoever started it."""
        door = await asyncio.to_thread(_read_door, self._directory)
        if door is None:
            return None
        async with EngineClient(door, timeout_s=_ANSWER_S) as client:
            try:
                status = await client.status()
            except (EngineGone, Refused):
                return None
        # The file of an engine that crashed may point at a port that another program has now.
        return door if status.pid == door.pid else None

    async def start(self) -> EngineFile:
        """Start the engine and return its door plate once it serves; raises `EngineFailed`."""
        await self._terminate()
        self._written = b""
        try:
            child = self._child = await self._spawn()
        except OSError as error:
            raise EngineFailed(Failure(FailureKind.REFUSED, (str(error),))) from error
        reading = self._background.start("engine-output", self._keep_output(child))
        deadline = time.monotonic() + _START_S
        while child.returncode is None:
            if door := await self.find():
                return door
            if time.monotonic() > deadline:
                silent = self.failure
                await self._terminate()
                raise EngineFailed(silent)
            await asyncio.sleep(_LOOK_EVERY_S)
        await reading
        raise EngineFailed(self.failure)

    async def stop(self) -> None:
        """Stop the engine if we started it: let it finish what runs, insist if it does not."""
        child = self._child
        if child is None or child.returncode is not None:
            return
        door = await self.find()
        if door:
            with contextlib.suppress(EngineGone, Refused, TimeoutError):
                async with EngineClient(door) as client:
                    await client.shutdown()
                await asyncio.wait_for(child.wait(), _DRAIN_S)
        await self._terminate()

    async def _spawn(self) -> asyncio.subprocess.Process:
        # What it prints may hold a client token, so only stderr, its log, is kept.
        return await asyncio.create_subprocess_exec(
            *self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "BUTLER_DATA_DIR": str(self._directory)},
            # A group of its own: Ctrl-C in a terminal reaches us alone, and we let it drain.
            start_new_session=sys.platform != "win32",
            creationflags=_creation_flags(),
        )

    def _output(self) -> tuple[str, ...]:
        return tuple(self._written.decode(errors="replace").splitlines()[-_KEPT_LINES:])

    async def _keep_output(self, child: asyncio.subprocess.Process) -> None:
        if child.stderr is None:
            return
        while chunk := await child.stderr.read(65536):
            self._written = (self._written + chunk)[-_KEPT_BYTES:]

    async def _terminate(self) -> None:
        child = self._child
        if child is None or child.returncode is not None:
            return
        for insist in (child.terminate, child.kill):
            with contextlib.suppress(ProcessLookupError):
                insist()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(child.wait(), _TERMINATE_S)
                return


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return 0


def _read_door(directory: Path) -> EngineFile | None:
    try:
        return EngineFile.model_validate_json(engine_file(directory).read_bytes())
    except (OSError, ValidationError):
        return None
