"""Servers under measurement: started on a core of their own, waited for, always stopped."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_READY_S = 30.0
_STOP_S = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server process."""

    pid: int
    base_url: str

    def cpu_s(self) -> float:
        """Processor time of all its threads so far."""
        # The command name in field 2 may hold spaces; the numbers start after its bracket.
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cores:
    """Where things run: what is measured has a core for itself when there are two."""

    proxy: int
    load: int

    @classmethod
    def of_this_machine(cls) -> "Cores":
        """The first two cores that this process may use."""
        allowed = sorted(os.sched_getaffinity(0))
        return cls(allowed[0], allowed[1 % len(allowed)])


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    module_args: Sequence[str], port: int, core: int, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run `python -m …` on one core until the block ends; enter when its port answers.

    Raises RuntimeError with the process's own words when it dies or never listens.
    """
    command = ["taskset", "-c", str(core), sys.executable, "-m", *module_args]
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=words, stderr=words
        )
        try:
            if not _listens(process, port):
                words.seek(0)
                said = words.read().decode(errors="replace")
                raise RuntimeError(f"`{' '.join(command)}` does not serve:\n{said}")
            yield Server(process.pid, f"http://127.0.0.1:{port}/v1")
        finally:
            _stop(process)


def _listens(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the port answers; False when the process died or took too long."""
    deadline = time.monotonic() + _READY_S
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
