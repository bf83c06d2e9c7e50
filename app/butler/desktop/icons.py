"""Line icons from SVG files, drawn in any colour and sharp at any scale."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from butler.contract.places import resource

_SCALES = (1.0, 1.5, 2.0, 3.0)


class Icons:
    """The drawings by name; `currentColor` in them is what `colour` stands in for."""

    def __init__(self, drawings: Mapping[str, str]) -> None:
        self._drawings = drawings

    def icon(self, name: str, colour: str, size: int = 16) -> QIcon:
        """Return the icon `name` in `colour`, `size` logical pixels square."""
        made = QIcon()
        for scale in _SCALES:
            made.addPixmap(self.pixmap(name, colour, size, scale))
        return made

    def two_state(self, name: str, off: str, on: str, size: int = 16) -> QIcon:
        """Return an icon whose colour tells whether its button is checked."""
        made = QIcon()
        normal = QIcon.Mode.Normal
        for scale in _SCALES:
            made.addPixmap(self.pixmap(name, off, size, scale), normal, QIcon.State.Off)
            made.addPixmap(self.pixmap(name, on, size, scale), normal, QIcon.State.On)
        return made

    def pixmap(self, name: str, colour: str, size: int = 16, scale: float = 2.0) -> QPixmap:
        """Return one picture of the icon for a screen of `scale` device pixels per pixel."""
        drawing = self._drawings[name].replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(drawing.encode()))
        side = round(size * scale)
        picture = QPixmap(QSize(side, side))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        picture.setDevicePixelRatio(scale)
        return picture


def load_icons() -> Icons:
    """Read every drawing once, so that changing the theme later reads no file."""
    files = resource("icons").glob("*.svg")
    return Icons({file.stem: file.read_text(encoding="utf-8") for file in files})
