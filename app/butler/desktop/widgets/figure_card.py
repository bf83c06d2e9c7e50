"""A card with one figure: what it counts, the figure, and a remark."""

from PySide6.QtWidgets import QWidget

from butler.desktop.fonts import Type
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.label import ElidedLabel, Label


class FigureCard(Card):
    """Reads as one sentence to assistive tools."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._caption = ElidedLabel(caption, Type.SMALL, "secondary")
        self._figure = Label("", Type.FIGURE)
        self._note = ElidedLabel("", Type.SMALL, "secondary")
        self.body.setSpacing(2)
        self.body.addWidget(self._caption)
        self.body.addWidget(self._figure)
        self.body.addWidget(self._note)

    def set_caption(self, caption: str) -> None:
        """Say anew what is counted."""
        self._caption.setText(caption)

    @property
    def figure(self) -> str:
        """The figure that is shown."""
        return self._figure.text()

    def show_figure(self, figure: str, note: str, tone: str = "secondary") -> None:
        """Show a figure with its remark; the remark's tone may warn."""
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.set_tone(tone)
        self.setAccessibleName(f"{self._caption.text()}: {figure}. {note}")
