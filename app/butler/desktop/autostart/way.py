"""What every way of starting with the session can do."""

import sys
from collections.abc import Sequence
from typing import Protocol


class Autostart(Protocol):
    """An entry of ours where the system looks at the start of a session; calls may block."""

    def is_on(self) -> bool:
        """Return whether our entry is there."""

    def turn_on(self, command: Sequence[str]) -> None:
        """Have the session start `command`; raises `OSError` where that can not be written."""

    def turn_off(self) -> None:
        """Take our entry away, and leave nothing behind; raises `OSError`."""


def command() -> list[str]:
    """Return what is to be started: the same program, in the tray alone."""
    program = (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "butler"]
    )
    return [*program, "--hidden"]
