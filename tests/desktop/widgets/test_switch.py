"""The switch shows what is, and asks for what is wished."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from butler.desktop.look import Look
from butler.desktop.widgets.switch import Switch


def _switch(look: Look, qtbot: QtBot) -> Switch:
    switch = Switch(look, "Routing")
    qtbot.addWidget(switch)
    switch.show()
    return switch


def test_the_space_bar_asks_and_waits(look: Look, qtbot: QtBot) -> None:
    switch = _switch(look, qtbot)
    with qtbot.waitSignal(switch.asked) as asked:
        QTest.keyClick(switch, Qt.Key.Key_Space)
    assert asked.args == [True]
    assert not switch.isChecked()
    assert not switch.isEnabled()
    switch.show_state(True)
    assert switch.isChecked()
    assert switch.isEnabled()


def test_it_glides_to_its_place(look: Look, qtbot: QtBot) -> None:
    switch = _switch(look, qtbot)
    before = switch.grab().toImage()
    switch.show_state(True)
    qtbot.waitUntil(lambda: switch.property("at") == 1.0)
    assert switch.grab().toImage() != before


def test_an_unusable_one_asks_nothing(look: Look, qtbot: QtBot) -> None:
    switch = _switch(look, qtbot)
    switch.show_state(False, usable=False)
    with qtbot.assertNotEmitted(switch.asked):
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
