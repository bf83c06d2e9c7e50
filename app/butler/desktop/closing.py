"""What closing the window means: with a tray it lives on there, without one it quits."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from butler.contract.texts import Texts
from butler.desktop.actions import Actions
from butler.desktop.preferences import Preferences
from butler.desktop.tray import Tray


class Closing(QObject):
    """Says once what happens, then lets it happen."""

    def __init__(
        self, window: QWidget, tray: Tray, actions: Actions, texts: Texts, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self._actions = actions
        self._texts = texts
        self._preferences = preferences

    def asked(self) -> None:
        """Somebody closed the window."""
        if self._tray.present:
            self._window.hide()
            if self._preferences.first_time("closing-hides"):
                self._tray.tell(self._texts("closing.hidden"))
        elif self._preferences.first_time("closing-quits"):
            self._explain()
        else:
            self._actions.quit_asked.emit()

    def _explain(self) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(self._texts("app.name"))
        box.setText(self._texts("closing.quits.title"))
        box.setInformativeText(self._texts("closing.quits.text"))
        leave = box.addButton(self._texts("closing.quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self._texts("closing.stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        leave.clicked.connect(self._actions.quit_asked)
        box.open()
