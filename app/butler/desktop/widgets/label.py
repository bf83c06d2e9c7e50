"""A label with a role of type and a tone of colour; its text is never taken for markup."""

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from butler.desktop.fonts import Type, font


class Label(QLabel):
    """Plain text; `tone` is one of the stylesheet's: secondary, faint, good, warn, bad."""

    def __init__(
        self,
        text: str = "",
        role: Type = Type.BODY,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role))
        self.setProperty("tone", tone)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(Label):
    """One line that gives way to its neighbours: what does not fit ends in an ellipsis."""

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            tell_rest(self, self.text(), self.contentsRect().width(), event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), shown)


def tell_rest(widget: QWidget, text: str, room: int, event: QHelpEvent) -> None:
    """Show a widget's tooltip, or its whole text where it is cut off for want of room."""
    told = widget.toolTip()
    if not told and widget.fontMetrics().horizontalAdvance(text) > room:
        # As markup it wraps; escaped, because people name things as they like.
        told = f"<p>{html.escape(text)}</p>"
    QToolTip.showText(event.globalPos(), told, widget)
