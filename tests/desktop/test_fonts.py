"""Type comes in few sizes, and its figures line up."""

from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from butler.desktop.fonts import Type, font


def test_every_role_has_its_size(qtbot: QtBot) -> None:
    assert {role.name: font(role).pixelSize() for role in Type} == {
        "BODY": 13,
        "BODY_STRONG": 13,
        "CONTROL": 13,
        "SMALL": 12,
        "BADGE": 11,
        "TITLE": 20,
        "FIGURE": 24,
        "CODE": 12,
    }


def test_figures_have_equal_widths(qtbot: QtBot) -> None:
    for role in Type:
        metrics = QFontMetricsF(font(role))
        assert metrics.horizontalAdvance("11111") == metrics.horizontalAdvance("00000")


def test_code_is_set_in_equal_widths(qtbot: QtBot) -> None:
    metrics = QFontMetricsF(font(Type.CODE))
    assert metrics.horizontalAdvance("iiiii") == metrics.horizontalAdvance("wwwww")
