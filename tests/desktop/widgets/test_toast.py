"""A toast lies at the foot of its window and goes by itself."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.toast import Toast


def test_it_stays_inside_its_window(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    toast = Toast(window)
    window.show()
    toast.say("A long sentence that does not fit in one line of this narrow window at all.")
    assert window.rect().contains(toast.geometry())
    one_line = toast.height()
    window.resize(900, 300)
    assert window.rect().contains(toast.geometry())
    assert toast.height() <= one_line
    assert abs(toast.geometry().center().x() - window.rect().center().x()) <= 1


def test_the_next_word_replaces_the_last(look: Look, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 300)
    toast = Toast(window)
    window.show()
    toast.say("One.")
    toast.say("Two.")
    assert toast.accessibleName() == "Two."
    assert toast.isVisible()
