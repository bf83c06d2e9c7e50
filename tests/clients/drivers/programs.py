"""Running a command-line client for one errand."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PATIENCE_S = 100.0
_LAST_WORDS = 1500


@dataclass(frozen=True, slots=True)
class Printed:
    """What a program wrote, and what it wrote while others were still being written."""

    out: str
    err: str
    pieces: int


def program(name: str) -> str:
    """Where a program lies that was installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def run_program(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Printed:
    """Run to the end and count the writes; RuntimeError with its last words where it fails."""
    errors = folder / "program-stderr.txt"
    with (
        errors.open("wb") as stderr,
        subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            bufsize=0,
        ) as process,
    ):
        assert process.stdout is not None
        writes = list(iter(lambda: os.read(process.stdout.fileno(), 65536), b""))
        status = process.wait(_PATIENCE_S)
    out, err = b"".join(writes).decode(errors="replace"), errors.read_text(errors="replace")
    if status:
        raise RuntimeError(
            f"{Path(command[0]).name} ended with {status}: {(out + err)[-_LAST_WORDS:]}"
        )
    return Printed(out, err, len(writes))
