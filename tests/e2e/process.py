"""`butler` as a process of its own, for what only a process can show: signals and exit statuses."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.e2e.house import MASTER_KEY

ROOT = Path(__file__).resolve().parents[2]
_START_S = 60.0
"""Long, for machines on which a disk may take seconds; what hangs says where (see `end`)."""


class Program:
    """A running `butler`; its output is kept as it comes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []

    async def until(self, words: str) -> str:
        """Read on until a line holds these words."""
        assert self.process.stdout is not None
        async with asyncio.timeout(_START_S):
            while True:
                raw = await self.process.stdout.readline()
                assert raw, f"ended without {words!r}: {self.lines}"
                self.lines.append(raw.decode().rstrip())
                if words in self.lines[-1]:
                    return self.lines[-1]

    async def end(self, by: int | None = None) -> int:
        """Send a signal, if any, and wait for the exit status."""
        if by is not None:
            self.process.send_signal(by)
        try:
            async with asyncio.timeout(_START_S):
                return await self._exit_status()
        except TimeoutError:
            self.process.send_signal(signal.SIGABRT)
            await self._exit_status()
            raise AssertionError("did not end:\n" + "\n".join(self.lines)) from None

    async def _exit_status(self) -> int:
        assert self.process.stdout is not None
        self.lines += (await self.process.stdout.read()).decode().splitlines()
        return await self.process.wait()


@asynccontextmanager
async def butler(
    *words: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Program]:
    """Run `butler` with what it says and complains of in one stream; it is gone afterwards."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "butler",
        *words,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "app"),
            "BUTLER_MASTER_KEY": MASTER_KEY,
            "PYTHONFAULTHANDLER": "1",
            **(environment or {}),
        },
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
