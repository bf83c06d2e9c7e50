"""What the desktop remembers between starts: its window, colours, language, what it explained."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from butler.contract.texts import LANGUAGES
from butler.desktop.theme import Scheme


class Preferences:
    """A small INI file in the data directory; nothing secret lies in it."""

    def __init__(self, directory: Path) -> None:
        self._file = QSettings(str(directory / "desktop.ini"), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """The colour set that was chosen here; the system's, where none was."""
        chosen = str(self._file.value("window/theme", Scheme.SYSTEM, str))
        return Scheme(chosen) if chosen in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, chosen: Scheme) -> None:
        self._file.setValue("window/theme", str(chosen))

    @property
    def language(self) -> str | None:
        """The language that was chosen here; None leaves it to the system."""
        chosen = str(self._file.value("window/language", "", str))
        return chosen if chosen in LANGUAGES else None

    @language.setter
    def language(self, chosen: str | None) -> None:
        self._file.setValue("window/language", chosen or "")

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
