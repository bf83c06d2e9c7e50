"""An inline problem: what is wrong, and what to do about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.label import Label


class Notice(QFrame):
    """`tone` is warn or bad."""

    def __init__(
        self, look: Look, title: str, detail: str, tone: str = "warn", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self.setProperty("part", "notice")
        self.setProperty("tone", tone)
        self.setAccessibleName(f"{title} {detail}")
        self._mark = QLabel()
        self._mark.setFixedSize(16, 20)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(_wrapping(title, Type.BODY_STRONG, tone))
        if detail:
            words.addWidget(_wrapping(detail, Type.SMALL, ""))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        look.theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        tokens = self._look.tokens
        colour = tokens.bad if self._tone == "bad" else tokens.warn
        self._mark.setPixmap(self._look.icons.pixmap("warning", colour))


def _wrapping(text: str, role: Type, tone: str) -> Label:
    label = Label(text, role, tone)
    label.setWordWrap(True)
    return label
