"""What closing and quitting mean: with a tray the window lives on there, and streams are minded."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from butler.desktop.desk import Desk
from butler.desktop.tray import Tray


class Closing(QObject):
    """Says once what happens, then lets it happen."""

    agreed = Signal()
    """Quit now."""

    def __init__(
        self, window: QWidget, tray: Tray, desk: Desk, stops_engine: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self._actions = desk.actions
        self._state = desk.state
        self._texts = desk.look.texts
        self._preferences = desk.preferences
        self._stops_engine = stops_engine
        self._asking: QMessageBox | None = None

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

    def quit(self) -> None:
        """Somebody wants to quit: ask once more where answers would be cut off by it."""
        status = self._state.status
        busy = status.in_flight if status and self._stops_engine() else 0
        if not busy or self._asking is not None:
            self.agreed.emit()
            return
        texts = self._texts
        self._asking = self._box(
            texts.count("closing.busy.title", busy), texts("closing.busy.text")
        )
        self._asking.finished.connect(self._answered)

    def _answered(self, _: int) -> None:
        self._asking = None

    def _explain(self) -> None:
        self._box(self._texts("closing.quits.title"), self._texts("closing.quits.text"))

    def _box(self, title: str, text: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self._texts("app.name"))
        box.setText(title)
        box.setInformativeText(text)
        leave = box.addButton(self._texts("closing.quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self._texts("closing.stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        leave.clicked.connect(self.agreed)
        box.open()
        return box
