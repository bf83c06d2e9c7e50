"""A quiet button that copies, and says for a moment that it has."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from butler.desktop.look import Look
from butler.desktop.widgets.button import QuietButton

_CONFIRM_MS = 1500


class CopyButton(QuietButton):
    """`what` is what it copies, for assistive tools; the copying is up to its `clicked`."""

    def __init__(self, look: Look, what: str, parent: QWidget | None = None) -> None:
        super().__init__(look.texts("copy.copy"), parent)
        self._look = look
        self.setAccessibleName(look.texts("copy.what", what=what))
        self._back = QTimer(self, singleShot=True, interval=_CONFIRM_MS)
        self._back.timeout.connect(self._dress)
        look.theme.changed.connect(self._dress)
        self._dress()
        # As wide as its longer text, so that nothing jumps when it confirms.
        self.ensurePolished()
        wide = max(
            self.fontMetrics().horizontalAdvance(look.texts(f"copy.{state}"))
            for state in ("copy", "copied")
        )
        self.setFixedWidth(wide + 40)

    def confirm(self) -> None:
        """Say that it was copied."""
        self.setText(self._look.texts("copy.copied"))
        self.setIcon(self._look.icons.icon("check", self._look.tokens.good))
        self._back.start()

    def _dress(self) -> None:
        self.setText(self._look.texts("copy.copy"))
        self.setIcon(self._look.icons.icon("copy", self._look.tokens.accent))
