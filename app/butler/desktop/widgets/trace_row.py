"""One line of the answer to "why this model?": who, what came of it, why, and how long it took."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.badge import Badge, BadgeText, tint
from butler.desktop.widgets.label import Label

_BADGE_WIDTH = 104
_LINE = 20


class TraceRow(QWidget):
    """A badge, a headline (strong where it decided), a reason with its words, a duration."""

    def __init__(
        self, look: Look, badge: BadgeText, headline: str, duration: str, *, strong: bool
    ) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(f"{badge.text}: {headline}, {duration}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        ground = tint(badge.colour, look.tokens.panel)
        row.addWidget(Badge(badge, ground, _BADGE_WIDTH), 0, top)
        self._words = QVBoxLayout()
        self._words.setSpacing(1)
        role = Type.BODY_STRONG if strong else Type.BODY
        first = _wrapped(headline, role, "" if strong else "secondary")
        first.setMinimumHeight(_LINE)
        self._words.addWidget(first)
        row.addLayout(self._words, 1)
        took = Label(duration, Type.CODE, "secondary")
        took.setFixedHeight(_LINE)
        row.addWidget(took, 0, top)

    def add_reason(self, reason: str, words: Sequence[str] = ()) -> None:
        """Say why below the headline, with the words that matched."""
        if reason:
            self._words.addWidget(_wrapped(reason, Type.SMALL, "secondary"))
        if words:
            self._words.addWidget(
                _wrapped(
                    self._look.texts("trace.words", words=", ".join(f"“{word}”" for word in words)),
                    Type.SMALL,
                    "secondary",
                )
            )


def _wrapped(text: str, role: Type, tone: str) -> Label:
    label = Label(text, role, tone)
    label.setWordWrap(True)
    return label
