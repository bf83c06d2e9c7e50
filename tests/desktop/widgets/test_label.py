"""Labels show text, never markup, and give way."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.label import ElidedLabel, Label


def test_markup_is_text(look: Look, qtbot: QtBot) -> None:
    label = Label("<b>bold</b> & <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_tone_is_a_colour_at_once(look: Look, qtbot: QtBot) -> None:
    label = Label("careful")
    qtbot.addWidget(label)
    label.show()
    label.set_tone("warn")
    assert label.palette().color(label.foregroundRole()).name().upper() == look.tokens.warn


def test_a_long_line_does_not_widen_its_window(look: Look, qtbot: QtBot) -> None:
    label = ElidedLabel("a long line " * 50)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 60
    assert label.sizeHint().width() > 1000


def test_what_is_cut_off_can_be_read_all_the_same(qtbot: QtBot) -> None:
    label = ElidedLabel("claude-sonnet & <others>")
    qtbot.addWidget(label)
    for width, told in ((60, "<p>claude-sonnet &amp; &lt;others&gt;</p>"), (600, "")):
        label.setFixedWidth(width)
        label.show()
        middle = label.rect().center()
        asked = QHelpEvent(QEvent.Type.ToolTip, middle, label.mapToGlobal(middle))
        QApplication.sendEvent(label, asked)
        qtbot.waitUntil(lambda told=told: QToolTip.text() == told)
