"""A page that scrolls keeps its parts whole in a low window."""

from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.pages.page import Page


def _page(qtbot: QtBot, *, scrolls: bool) -> Page:
    page = Page("sample", "A sample", scrolls=scrolls)
    part = QWidget()
    part.setMinimumHeight(500)
    page.column.addWidget(part)
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    return page


def test_it_scrolls_what_does_not_fit(look: Look, qtbot: QtBot) -> None:
    page = _page(qtbot, scrolls=True)
    bar = page.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert page.height() == 300


def test_others_keep_their_height(look: Look, qtbot: QtBot) -> None:
    page = _page(qtbot, scrolls=False)
    assert page.findChild(QScrollArea) is None
    assert page.minimumSizeHint().height() > 500
