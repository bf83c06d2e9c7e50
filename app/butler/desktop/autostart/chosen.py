"""Which way this system starts things with the session."""

import os
import sys
from pathlib import Path

from butler.desktop.autostart.launch_agent import LaunchAgent
from butler.desktop.autostart.run_key import RunKey
from butler.desktop.autostart.way import Autostart
from butler.desktop.autostart.xdg import XdgAutostart


def autostart() -> Autostart:
    """Return the way of this system."""
    if sys.platform == "win32":
        from butler.desktop.autostart.run_key import Registry  # noqa: PLC0415 - Windows alone

        return RunKey(Registry())
    if sys.platform == "darwin":
        return LaunchAgent(Path.home())
    configured = os.environ.get("XDG_CONFIG_HOME", "")
    return XdgAutostart(Path(configured) if configured else Path.home() / ".config")
