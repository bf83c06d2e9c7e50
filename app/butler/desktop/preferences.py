"""What the desktop remembers between starts: where its window was, and what it has explained."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget


class Preferences:
    """A small INI file in the data directory; nothing secret lies in it."""

    def __init__(self, directory: Path) -> None:
        self._file = QSettings(str(directory / "desktop.ini"), QSettings.Format.IniFormat)

    def restore(self, window: QWidget) -> None:
        """Put a window where it was."""
        geometry = self._file.value("window/geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)

    def keep(self, window: QWidget) -> None:
        """Remember where a window is."""
        self._file.setValue("window/geometry", window.saveGeometry())

    def first_time(self, matter: str) -> bool:
        """Return whether `matter` comes up for the first time ever; from now on it has."""
        key = f"explained/{matter}"
        if self._file.value(key, False, bool):
            return False
        self._file.setValue(key, True)
        return True
