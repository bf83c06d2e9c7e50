"""Whether a screen is told from the memory of one."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from butler.desktop.display import display_available
from tests.desktop.programs import environment


def test_a_bare_machine_has_none() -> None:
    assert not display_available({}, "linux")


def test_macos_and_windows_always_have_one() -> None:
    assert display_available({}, "darwin")
    assert display_available({}, "win32")


def test_qt_can_draw_without_a_screen() -> None:
    assert display_available({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert display_available({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "linux")


@pytest.mark.parametrize(
    "display", [":987", "no-such-thing", "localhost:x", ":", "127.0.0.1:60000"]
)
def test_a_display_nobody_serves_is_none(display: str) -> None:
    assert not display_available({"DISPLAY": display}, "linux")


def test_an_x_server_that_listens_is_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        assert display_available({"DISPLAY": f"127.0.0.1:{number}.0"}, "linux")


def test_a_wayland_socket_is_one(tmp_path: Path) -> None:
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-7"}
    assert not display_available(environment, "linux")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        assert display_available(environment, "linux")


def test_asking_needs_no_qt() -> None:
    code = "import sys, butler.desktop.display; sys.exit('PySide6' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], env=environment(), check=False)
    assert asked.returncode == 0
