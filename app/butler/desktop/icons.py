"""Line icons from SVG files, drawn in any colour and sharp at any scale."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from butler.desktop.resources import resource

_SCALES = (1.0, 1.5, 2.0, 3.0)


def icon(name: str, colour: str, size: int = 16) -> QIcon:
    """Return the icon `name` in `colour`, `size` logical pixels square."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, colour, size, scale))
    return made


def two_state_icon(name: str, off: str, on: str, size: int = 16) -> QIcon:
    """Return an icon whose colour tells whether its button is checked."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, off, size, scale), QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(pixmap(name, on, size, scale), QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, colour: str, size: int = 16, scale: float = 2.0) -> QPixmap:
    """Return one picture of the icon for a screen of `scale` device pixels per pixel."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    side = round(size * scale)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture
