"""Load from Debian's `wrk`, in a process of its own, with what it cost."""

import json
import resource
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).with_name("post.lua")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is shot at: an address, the file with the request body, and a bearer token."""

    name: str
    base_url: str
    body: Path
    token: str

    @property
    def url(self) -> str:
        """Where the requests go."""
        return f"{self.base_url}/chat/completions"


@dataclass(frozen=True, slots=True)
class Shot:
    """One run of wrk; shares are of one core."""

    requests_per_s: float
    p50_us: float
    p99_us: float
    errors: int
    wrk_share: float
    wall_s: float


def is_installed() -> bool:
    """Whether there is a `wrk` to run."""
    return shutil.which("wrk") is not None


def shoot(subject: Subject, connections: int, seconds: int, core: int) -> Shot:
    """Keep `connections` requests in flight for some seconds from one thread on one core."""
    plan = ["-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(_SCRIPT), subject.url]
    command = ["taskset", "-c", str(core), "wrk", *plan, "--", str(subject.body), subject.token]
    cpu_before, before = _children_cpu_s(), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall_s = time.monotonic() - before
    result = json.loads(done.stdout.rstrip().rpartition("\n")[2])
    return Shot(
        requests_per_s=result["requests"] * 1e6 / result["duration_us"],
        p50_us=result["p50_us"],
        p99_us=result["p99_us"],
        errors=result["errors"],
        wrk_share=(_children_cpu_s() - cpu_before) / wall_s,
        wall_s=wall_s,
    )


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
