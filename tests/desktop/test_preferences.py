"""What is remembered between starts."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from butler.desktop.preferences import Preferences


def test_a_window_comes_back_where_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    before, after = QWidget(), QWidget()
    qtbot.addWidget(before)
    qtbot.addWidget(after)
    before.resize(444, 333)
    Preferences(tmp_path).keep(before)
    Preferences(tmp_path).restore(after)
    assert (after.width(), after.height()) == (444, 333)


def test_a_first_start_remembers_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    Preferences(tmp_path).restore(window)
    assert (window.width(), window.height()) == (200, 100)


def test_the_first_time_is_only_once(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    assert preferences.first_time("closing")
    assert not preferences.first_time("closing")
    assert not Preferences(tmp_path).first_time("closing")
    assert preferences.first_time("something else")
