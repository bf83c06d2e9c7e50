"""Puts text on the clipboard; secrets so that clipboard histories leave them out."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard

_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    "application/x-nspasteboard-concealed-type": b"1",
}


def copy_text(clipboard: QClipboard, text: str, *, secret: bool = False) -> None:
    """Copy `text`; a `secret` carries the marks that KDE, Windows and macOS tools respect."""
    data = QMimeData()
    data.setText(text)
    if secret:
        for kind, value in _HINTS.items():
            data.setData(kind, value)
    clipboard.setMimeData(data)
