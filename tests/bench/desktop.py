"""The desktop over a log of a million calls: how soon it shows, how smoothly it goes, its size."""

import asyncio
import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.month.seeding import multiply, seed

_CALLS = 1_000_000
_RUNS = 3
_RUN_S = 300


@dataclass(frozen=True, slots=True)
class Budget:
    """A figure of the probe, what it may be at most, and how it is written."""

    figure: str
    title: str
    most: float
    form: str = "{:,.0f} ms"


_BUDGETS = (
    Budget("first_rows_ms", "first rows after the page opens", 300),
    Budget("busy_ms", "longest time without a pause (CPU of the GUI thread)", 50),
    Budget("gap_ms", "gaps of the event loop, p99.9", 100),
    Budget("rss_mb", "memory after visiting all pages", 200, "{:,.0f} MB"),
    Budget("idle_share", "CPU while idle", 0.01, "{:.2%}"),
)


def run(calls: int = _CALLS) -> bool:
    """Fill a log, measure, print; True when every budget is kept by the median."""
    with tempfile.TemporaryDirectory() as folder:
        env = _surroundings(Path(folder))
        os.environ.update(env)
        began = time.monotonic()
        asyncio.run(_fill(Path(folder), calls))
        print(f"\nThe desktop over {calls:,} calls (written in {time.monotonic() - began:.0f} s)")
        runs = [_probe() for _ in range(_RUNS)]
    print(f"{'':56}{'median':>12}{'min - max':>24}{'at most':>12}")
    told = [_told(budget, runs) for budget in _BUDGETS]
    return all(told)


def _told(budget: Budget, runs: list[dict[str, float]]) -> bool:
    figures = [each[budget.figure] for each in runs]
    write = budget.form.format
    kept = median(figures) <= budget.most
    spread = f"{write(min(figures))} - {write(max(figures))}"
    print(
        f"{budget.title:56}{write(median(figures)):>12}{spread:>24}{write(budget.most):>12}"
        f"{'' if kept else '  MISSED'}"
    )
    return kept


async def _fill(folder: Path, calls: int) -> None:
    now = datetime.now(UTC)
    furnished = await seed(folder, now)
    await multiply(folder, furnished, now, calls)


def _probe() -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.desktop_probe"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=_RUN_S, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _surroundings(folder: Path) -> dict[str, str]:
    root = Path(__file__).resolve().parents[2]
    return {
        "BUTLER_DATA_DIR": str(folder),
        "BUTLER_PORT": "0",
        "BUTLER_ADMIN_PORT": "0",
        "BUTLER_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join((str(root / "app"), str(root))),
    }


if __name__ == "__main__":
    sys.exit(not run(*(int(each) for each in sys.argv[1:])))
