"""One choice of several, in a list that drops down."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from butler.desktop.fonts import Type, font
from butler.desktop.widgets.label import tell_rest

_HEIGHT = 32
_LEAST = 72
_FRAME = 44


class Select(QComboBox):
    """`picked` carries the value that a person chose, not what `show_value` showed."""

    picked = Signal(object)

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[object, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "select")
        self.setAccessibleName(name)
        self.setFont(font(Type.BODY))
        self.setFixedHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(options)
        self.activated.connect(lambda row: self.picked.emit(self.itemData(row)))

    @property
    def value(self) -> object:
        """The value that is shown."""
        return self.currentData()

    def offer(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other options, values with their words; what was shown stays if it is there."""
        before = self.currentData()
        self.clear()
        for value, words in options:
            self.addItem(words, value)
        self.show_value(before)

    def show_value(self, value: object) -> None:
        """Show the option of this value, the first one where there is none."""
        rows = (row for row in range(self.count()) if self.itemData(row) == value)
        self.setCurrentIndex(next(rows, 0 if self.count() else -1))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, _HEIGHT)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            tell_rest(self, self.currentText(), self.width() - _FRAME, event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        # What does not fit ends in an ellipsis instead of half a letter.
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        beside = self.iconSize().width() + 4 if not option.currentIcon.isNull() else 0
        shown = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - beside
        )
        option.currentText = shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a page must not change what lies under the mouse.
        event.ignore()
