"""Puts text on the clipboard; secrets so that clipboard histories leave them out."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard
from shiboken6 import isValid

_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    "application/x-nspasteboard-concealed-type": b"1",
}


class Clipboard:
    """The system's clipboard, and what secret of ours lies there."""

    def __init__(self, system: QClipboard) -> None:
        self._system = system
        self._secret: QMimeData | None = None

    def copy(self, text: str, *, secret: bool = False) -> None:
        """Copy `text`; a `secret` carries the marks that KDE, Windows and macOS tools respect."""
        if not secret:
            self._system.setText(text)
            return
        self._secret = QMimeData()
        self._secret.setText(text)
        for kind, value in _HINTS.items():
            self._secret.setData(kind, value)
        self._system.setMimeData(self._secret)

    def forget(self) -> None:
        """Take a secret of ours away again, unless something else has taken its place.

        Qt frees what was replaced. What Python made has to go before Python does: Qt's own end
        would crash on it.
        """
        if self._secret is not None and isValid(self._secret):
            self._system.clear()
        self._secret = None
