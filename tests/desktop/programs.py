"""Starts programs of ours the way a person would, from the source tree."""

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def environment(**changes: str) -> dict[str, str]:
    """Return the test's environment with the source tree on the path."""
    path = os.pathsep.join((str(_ROOT / "app"), str(_ROOT)))
    return {**os.environ, "PYTHONPATH": path, **changes}


def fake_engine(*options: str) -> list[str]:
    """Return the command that stands in for `butler serve`."""
    return [sys.executable, "-m", "tests.desktop.fake_engine", *options]
