"""Icons take any colour and stay sharp."""

from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from butler.desktop.icons import load_icons


def _colours(picture: QPixmap) -> set[str]:
    image = picture.toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_is_drawn_in_its_colour(qtbot: QtBot) -> None:
    icons = load_icons()
    for name in ("overview", "requests", "copy", "check", "warning"):
        assert _colours(icons.pixmap(name, "#3B5BDB", 16, 3.0)) == {"#3B5BDB"}


def test_a_sharper_screen_gets_more_pixels(qtbot: QtBot) -> None:
    picture = load_icons().pixmap("copy", "#000000", 16, 2.0)
    assert picture.width() == 32
    assert picture.deviceIndependentSize().width() == 16


def test_the_mark_keeps_its_own_colours(qtbot: QtBot) -> None:
    assert QColor("#3B5BDB").name().upper() in _colours(
        load_icons().pixmap("butler", "#000000", 24)
    )
