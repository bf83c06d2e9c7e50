"""One desktop per data directory."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from butler.desktop.single_instance import SingleInstance, instance_name


def test_the_second_calls_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.called):
        assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_another_data_directory_is_another_desktop(qtbot: QtBot, tmp_path: Path) -> None:
    first, other = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.claim()
    assert other.claim()
    first.release()
    other.release()


def test_the_name_is_of_the_directory_not_of_its_spelling(tmp_path: Path) -> None:
    assert instance_name(tmp_path / "x" / "..") == instance_name(tmp_path)
