"""One entry of the sidebar: an icon and a word; only the icon where room is scarce."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from butler.desktop.fonts import Type, font
from butler.desktop.look import Look


class SidebarEntry(QPushButton):
    """Checked while its page is shown."""

    def __init__(self, look: Look, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._title = title
        self.setProperty("part", "entry")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFont(font(Type.CONTROL))
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.theme.changed.connect(self._dress)
        self._dress()
        self.collapse(False)

    def collapse(self, collapsed: bool) -> None:
        """Show the icon alone, with the word as its tooltip."""
        self.setText("" if collapsed else f"  {self._title}")
        self.setToolTip(self._title if collapsed else "")

    def _dress(self) -> None:
        tokens = self._look.tokens
        self.setIcon(self._look.icons.two_state(self._icon, tokens.secondary, tokens.accent))
