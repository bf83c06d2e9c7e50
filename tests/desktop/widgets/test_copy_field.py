"""A value to copy, and the word that it was."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.copy_button import CopyButton
from butler.desktop.widgets.copy_field import CopyField
from tests.desktop.eyes import click


def test_it_asks_confirms_and_comes_back(look: Look, qtbot: QtBot) -> None:
    field = CopyField(look, "Base URL")
    qtbot.addWidget(field)
    field.show()
    field.show_value("http://localhost:8080/v1")
    button = field.findChild(CopyButton)
    width = button.width()
    with qtbot.waitSignal(field.copy_asked):
        click(button)
    assert button.text() == "Copy"
    field.confirm()
    assert button.text() == "Copied"
    assert button.width() == width
    qtbot.waitUntil(lambda: button.text() == "Copy")


def test_a_value_can_be_read_but_not_written(look: Look, qtbot: QtBot) -> None:
    field = CopyField(look, "Token")
    qtbot.addWidget(field)
    field.show_value("no copy kept", can_copy=False)
    edit = field.findChild(QLineEdit)
    assert edit.isReadOnly()
    assert edit.text() == "no copy kept"
    assert edit.accessibleName() == "Token"
    assert not field.findChild(CopyButton).isEnabled()
