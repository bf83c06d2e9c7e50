"""Secrets are marked, and do not stay behind."""

import subprocess
import sys

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from butler.desktop.clipboard import Clipboard
from tests.desktop.programs import environment

_COPY_AND_END = (
    "import sys\n"
    "from PySide6.QtWidgets import QApplication\n"
    "from butler.desktop.clipboard import Clipboard\n"
    "app = QApplication([])\n"
    "clipboard = Clipboard(app.clipboard())\n"
    "clipboard.copy('a secret', secret=True)\n"
    "clipboard.forget()\n"
)


def test_a_secret_is_marked(qtbot: QtBot) -> None:
    clipboard = Clipboard(QGuiApplication.clipboard())
    clipboard.copy("a secret", secret=True)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "a secret"
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    clipboard.forget()
    assert QGuiApplication.clipboard().text() == ""


def test_what_somebody_else_copied_stays(qtbot: QtBot) -> None:
    clipboard = Clipboard(QGuiApplication.clipboard())
    clipboard.copy("a secret", secret=True)
    QGuiApplication.clipboard().setText("a poem")
    clipboard.forget()
    assert QGuiApplication.clipboard().text() == "a poem"


def test_what_is_no_secret_stays(qtbot: QtBot) -> None:
    clipboard = Clipboard(QGuiApplication.clipboard())
    clipboard.copy("http://localhost:8080/v1")
    clipboard.forget()
    assert QGuiApplication.clipboard().text() == "http://localhost:8080/v1"


def test_a_process_that_copied_a_secret_ends_well() -> None:
    ended = subprocess.run([sys.executable, "-c", _COPY_AND_END], env=environment(), check=False)
    assert ended.returncode == 0
