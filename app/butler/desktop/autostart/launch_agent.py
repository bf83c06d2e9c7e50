"""macOS: a property list among the owner's LaunchAgents (launchd.plist(5))."""

import plistlib
from collections.abc import Sequence
from pathlib import Path

_LABEL = "io.github.smart-routing-butler"


class LaunchAgent:
    """`home` is the owner's home directory."""

    def __init__(self, home: Path) -> None:
        self._file = home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"

    def is_on(self) -> bool:
        """Return whether the file is there."""
        return self._file.exists()

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the file; launchd reads it at the next login."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        agent = {"Label": _LABEL, "ProgramArguments": list(command), "RunAtLoad": True}
        self._file.write_bytes(plistlib.dumps(agent))

    def turn_off(self) -> None:
        """Remove the file."""
        self._file.unlink(missing_ok=True)
