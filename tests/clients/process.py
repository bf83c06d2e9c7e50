"""A driver as a process of its own: an errand goes in as a line of JSON, what it got comes out."""

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_NOWHERE = "http://127.0.0.1:9"
"""A proxy that refuses: whatever a client sends elsewhere than to this machine fails at once."""
_QUIET = {
    "HTTP_PROXY": _NOWHERE,
    "HTTPS_PROXY": _NOWHERE,
    "http_proxy": _NOWHERE,
    "https_proxy": _NOWHERE,
    "NO_PROXY": "localhost,127.0.0.1",
    "no_proxy": "localhost,127.0.0.1",
    "NODE_USE_ENV_PROXY": "1",
    "DO_NOT_TRACK": "1",
    "OTEL_SDK_DISABLED": "true",
    "LANGSMITH_TRACING": "false",
    "PYTHONUTF8": "1",
}
_PATIENCE_S = 120.0
_LAST_WORDS = 1500
_LINE_BYTES = 4 * 1024 * 1024


class Driver:
    """`async with Driver(command, folder) as driver:`; it is started with the first errand."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._end()

    async def run(self, errand: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the client got, or `error` with its last words."""
        process = self._process or await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                process.stdin.write(json.dumps(errand).encode() + b"\n")
                await process.stdin.drain()
                line = await process.stdout.readline()
        except (TimeoutError, ConnectionError) as failure:
            line = b""
            words = f"{type(failure).__name__}; "
        else:
            words = "it ended; "
        if line:
            got: dict[str, Any] = json.loads(line)
            return got
        await self._end()
        return {"error": words + self._stderr.read_text(errors="replace")[-_LAST_WORDS:]}

    @property
    def _stderr(self) -> Path:
        return self._folder / "stderr.txt"

    async def _start(self) -> asyncio.subprocess.Process:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        home = {"HOME": str(self._folder), "USERPROFILE": str(self._folder)}
        with self._stderr.open("wb") as stderr:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._folder,
                env={**kept, **_QUIET, **home},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=stderr,
                limit=_LINE_BYTES,
            )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.communicate()
