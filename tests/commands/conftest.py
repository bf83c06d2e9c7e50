"""Commands run as `butler` runs them, over the test's own data directory."""

import asyncio
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from butler.cli import main
from tests.e2e.fixtures import house, moved_in, up
from tests.e2e.house import MASTER_KEY

__all__ = ["butler", "data_dir", "house", "moved_in", "up"]


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote, as JSON; it must be one line of it."""
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1
        return orjson.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory that the commands find in the environment; a living `house` has it too."""
    monkeypatch.setenv("BUTLER_MASTER_KEY", MASTER_KEY)
    return tmp_path / "data"


@pytest.fixture
def butler(
    data_dir: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run a command to its end; `stdin` is what comes in through a pipe."""

    def run(*words: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfdbinary.readouterr()
        try:
            status = main(words)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        written = capfdbinary.readouterr()
        return Done(status, written.out.decode(), written.err.decode())

    return run


async def beside(run: Run, *words: str, stdin: bytes = b"") -> Done:
    """Run a command beside the engine of the test."""
    return await asyncio.to_thread(run, *words, stdin=stdin)
