"""Each way writes what its system reads, and takes all of it back."""

import configparser
import plistlib
import shlex
from pathlib import Path

import pytest

from butler.desktop.autostart.chosen import autostart
from butler.desktop.autostart.launch_agent import LaunchAgent
from butler.desktop.autostart.run_key import RunKey
from butler.desktop.autostart.way import Autostart, command
from butler.desktop.autostart.xdg import XdgAutostart

_COMMAND = ["/opt/Smart Butler/butler", "--hidden", "100%", 'a"b$c']


class _Values:
    """A registry key in memory."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self.held.get(name)

    def write(self, name: str, value: str) -> None:
        self.held[name] = value

    def delete(self, name: str) -> None:
        self.held.pop(name, None)


def _round(way: Autostart) -> None:
    assert not way.is_on()
    way.turn_on(_COMMAND)
    way.turn_on(_COMMAND)
    assert way.is_on()


def test_linux(tmp_path: Path) -> None:
    way = XdgAutostart(tmp_path / "config")
    _round(way)
    (file,) = (tmp_path / "config" / "autostart").iterdir()
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(file, encoding="utf-8")
    written = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    # Between quotes a shell's dollar is escaped as well, of which shlex knows nothing.
    words = shlex.split(written.replace("\\$", "$"))
    assert [word.replace("%%", "%") for word in words] == _COMMAND
    way.turn_off()
    way.turn_off()
    assert not any((tmp_path / "config" / "autostart").iterdir())


def test_macos(tmp_path: Path) -> None:
    way = LaunchAgent(tmp_path)
    _round(way)
    (file,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    agent = plistlib.loads(file.read_bytes())
    assert agent["ProgramArguments"] == _COMMAND
    assert agent["RunAtLoad"] is True
    way.turn_off()
    assert not file.exists()


def test_windows() -> None:
    values = _Values()
    way = RunKey(values)
    _round(way)
    (line,) = values.held.values()
    assert line.startswith('"/opt/Smart Butler/butler" --hidden ')
    way.turn_off()
    assert values.held == {}


def test_what_is_started_stays_in_the_tray() -> None:
    assert command()[-1] == "--hidden"


def test_the_owners_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    way = autostart()
    way.turn_on(command())
    assert (tmp_path / "autostart").is_dir()
