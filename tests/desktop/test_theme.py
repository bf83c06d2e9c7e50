"""Light and dark, chosen or as the system has it."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from butler.desktop.theme import Scheme, Theme
from butler.desktop.tokens import DARK, LIGHT


def test_a_chosen_scheme_dresses_the_application(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, Scheme.LIGHT)
    assert theme.tokens is LIGHT
    with qtbot.waitSignal(theme.changed):
        theme.use(Scheme.DARK)
    assert theme.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.ground
    assert DARK.accent in qapp.styleSheet()
    assert LIGHT.accent not in qapp.styleSheet()


def test_a_system_that_does_not_say_is_light(qapp: QApplication) -> None:
    assert Theme(qapp).tokens is LIGHT
