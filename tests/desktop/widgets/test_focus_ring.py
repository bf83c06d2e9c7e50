"""The ring lies around what has the keyboard, wherever that goes."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.focus_ring import FocusRing


def test_it_follows_keys_and_moves_and_leaves_with_a_click(
    look: Look, qtbot: QtBot, qapp: QApplication
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    one, other = QPushButton("One", window), QPushButton("Other", window)
    one.setGeometry(10, 10, 80, 30)
    other.setGeometry(10, 60, 80, 30)
    ring = FocusRing(qapp, look, window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    one.setFocus()
    assert not ring.isVisible()

    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert window.focusWidget() is other
    assert ring.geometry() == other.geometry().adjusted(-2, -2, 2, 2)
    other.move(150, 100)
    assert ring.geometry() == other.geometry().adjusted(-2, -2, 2, 2)
    other.hide()
    assert not ring.isVisible()
    other.show()

    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    assert not ring.isVisible()
