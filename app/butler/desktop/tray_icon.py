"""The tray's picture: a diamond whose shape tells the state, sharp at every usual size."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from butler.desktop.state import DesktopState, Link

_SIZES = (16, 20, 22, 24, 32, 48, 64)
_ON_LIGHT, _ON_DARK, _DOT = "#161A22", "#EEF1F6", "#E8840C"


class Shape(StrEnum):
    """What the diamond looks like."""

    FILLED = "filled"
    HOLLOW = "hollow"
    STRUCK = "struck"
    BARS = "bars"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Face:
    """What the tray shows; a dot wants eyes.

    Filled is routing, hollow is off, two bars are paused, a house keeps calls on this machine,
    and struck is without an engine.
    """

    shape: Shape
    dot: bool


def face_of(state: DesktopState) -> Face:
    """Return what to show for a state."""
    if state.link is not Link.RUNNING:
        return Face(Shape.STRUCK, state.attention)
    return Face(_shape_of(state), state.attention)


def _shape_of(state: DesktopState) -> Shape:
    if state.paused:
        return Shape.BARS
    if state.local_only:
        return Shape.HOUSE
    return Shape.FILLED if state.routing else Shape.HOLLOW


def tray_icon(face: Face, *, dark_panel: bool) -> QIcon:
    """Return the icon for a dark or a light panel."""
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(draw_face(face, size, dark_panel=dark_panel))
    return icon


def draw_face(face: Face, size: int, *, dark_panel: bool) -> QPixmap:
    """Return the picture at one size, in pixels."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Everything below is drawn in units of a sixteenth.
    painter.scale(size / 16, size / 16)
    colour = QColor(_ON_DARK if dark_panel else _ON_LIGHT)
    if face.shape is Shape.BARS:
        _draw_bars(painter, colour)
    elif face.shape is Shape.HOUSE:
        _draw_house(painter, colour)
    else:
        _draw_diamond(painter, face.shape, colour)
    if face.shape is Shape.STRUCK:
        _draw_stroke(painter, colour)
    if face.dot:
        _draw_dot(painter)
    painter.end()
    return picture


def _draw_diamond(painter: QPainter, shape: Shape, colour: QColor) -> None:
    pen = QPen(colour, 1.5)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour if shape is Shape.FILLED else Qt.BrushStyle.NoBrush)
    tips = [QPointF(8, 1.75), QPointF(14.25, 8), QPointF(8, 14.25), QPointF(1.75, 8)]
    painter.drawPolygon(QPolygonF(tips))


def _draw_bars(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for left in (3, 9.5):
        painter.drawRoundedRect(QRectF(left, 2, 3.5, 12), 1, 1)


def _draw_house(painter: QPainter, colour: QColor) -> None:
    pen = QPen(colour, 1.5)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour)
    roof = [QPointF(8, 1.75), QPointF(14.25, 7.25), QPointF(1.75, 7.25)]
    painter.drawPolygon(QPolygonF(roof))
    walls = [QPointF(3.5, 7), QPointF(12.5, 7), QPointF(12.5, 14), QPointF(3.5, 14)]
    painter.drawPolygon(QPolygonF(walls))
    # The door tells it from a blot.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRect(QRectF(6.5, 9.5, 3, 5.5))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _draw_stroke(painter: QPainter, colour: QColor) -> None:
    start, end = QPointF(1, 8), QPointF(15, 8)
    # A cleared band on both sides keeps the stroke apart from the outline it crosses.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setPen(QPen(colour, 4.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(start, end)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(start, end)


def _draw_dot(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawEllipse(QRectF(8.6, -0.6, 8, 8))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(QColor(_DOT))
    painter.drawEllipse(QRectF(9.8, 0.6, 5.6, 5.6))
