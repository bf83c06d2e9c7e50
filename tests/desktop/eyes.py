"""Eyes and hands for tests: what a person sees in a window, and clicks."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from butler.desktop.widgets.call_table import CallTable
from butler.desktop.widgets.select import Select
from butler.desktop.widgets.sidebar_entry import SidebarEntry


def shown(window: QWidget) -> list[str]:
    """Return every text that can be seen."""
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def click(widget: QWidget) -> None:
    """Click with the left button."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(parent: QWidget, name: str) -> None:
    """Click the button of this object name."""
    button = parent.findChild(QPushButton, name)
    assert button is not None, name
    click(button)


def tables(window: QWidget) -> list[CallTable]:
    """Return the tables of calls that can be seen."""
    return [table for table in window.findChildren(CallTable) if table.isVisible()]


def table(window: QWidget) -> CallTable:
    """Return the one table of calls that can be seen."""
    (only,) = tables(window)
    return only


def entry(window: QWidget, page: str) -> SidebarEntry:
    """Return the sidebar's entry of a page."""
    found = window.findChild(SidebarEntry, f"go.{page}")
    assert found is not None
    return found


def choose(parent: QWidget, name: str, words: str) -> None:
    """Choose from the list of this object name, by typing what is wanted."""
    select = parent.findChild(Select, name)
    assert select is not None, name
    QTest.keyClicks(select, words)
    assert select.currentText() == words
    # Typing alone moves the choice only where the list is open on some platforms.
    select.activated.emit(select.currentIndex())
