"""Whether windows can be shown here; answers without importing Qt, which may be missing."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_WITHOUT_SCREEN = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})
_X_TCP_PORT = 6000
_X_TIMEOUT_S = 1.0


def display_available(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> bool:
    """Return whether Qt would find a screen.

    A `DISPLAY` that outlived its X server (a detached terminal, a dropped ssh connection) counts
    as none, because Qt would abort the whole process on it.
    """
    if platform in {"win32", "darwin"}:
        return True
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in _WITHOUT_SCREEN:
        return True
    return _wayland_answers(environment) or _x_answers(environment.get("DISPLAY", ""))


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    return (Path(environment.get("XDG_RUNTIME_DIR", "/")) / name).is_socket()


def _x_answers(display: str) -> bool:
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host not in {"", "unix"}:
        return _connects(socket.AF_INET, (host, _X_TCP_PORT + int(number)))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the place every X server uses
    # Linux servers also listen on the abstract name, which containers without /tmp can reach.
    return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, f"\0{path}")


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(_X_TIMEOUT_S)
        try:
            probe.connect(address)
        except (OSError, OverflowError):
            return False
        return True
