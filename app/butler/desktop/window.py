"""The main window: the sidebar, the pages beside it, and the engine's page when there is none."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from butler.desktop.actions import Actions
from butler.desktop.desk import Desk
from butler.desktop.look import Look
from butler.desktop.models.rule_draft import Body
from butler.desktop.pages.engine import EnginePage
from butler.desktop.pages.listed import PAGES
from butler.desktop.pages.playground import PlaygroundPage
from butler.desktop.pages.requests import RequestsPage
from butler.desktop.pages.rules import RulesPage
from butler.desktop.state import Link
from butler.desktop.widgets.focus_ring import FocusRing
from butler.desktop.widgets.guide.guide import Guide
from butler.desktop.widgets.sidebar import Destination, Sidebar
from butler.desktop.widgets.toast import Toast

_LEAST = QSize(880, 600)
_USUAL = QSize(1280, 832)
_COLLAPSE_BELOW = 960


class Window(QWidget):
    """Closing only asks: what it means depends on whether there is a tray."""

    close_asked = Signal()

    def __init__(self, app: QApplication, desk: Desk) -> None:
        super().__init__()
        look, state = desk.look, desk.state
        self.setObjectName("window")
        self.setWindowTitle(look.texts("app.name"))
        self.setMinimumSize(_LEAST)
        self.resize(_USUAL)
        self._desk = desk
        self._state = state
        self._engine = EnginePage(look, state)
        self._pages = {page.objectName(): page for page in (make(desk) for make in PAGES)}
        self._page = next(iter(self._pages))
        self._stack = QStackedWidget()
        for page in (*self._pages.values(), self._engine):
            self._stack.addWidget(page)
        self.sidebar = Sidebar(look, state, [_destination(look, name) for name in self._pages])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self._stack, 1)
        self.toast = Toast(self)
        self.ring = FocusRing(app, look, self)
        self._connect(desk.actions)
        self.open_page(self._page)

    @property
    def pages(self) -> tuple[str, ...]:
        """The object names of the pages, in the sidebar's order."""
        return tuple(self._pages)

    def open_page(self, name: str) -> None:
        """Show a page by its object name, as soon as there is an engine to show."""
        self._page = name
        self.sidebar.mark(name)
        self._draw()

    def open_call(self, call_id: str) -> None:
        """Show the window with one call explained."""
        requests = next(each for each in self._pages.values() if isinstance(each, RequestsPage))
        self.open_page(requests.objectName())
        requests.show_call(call_id)
        self.come_forward()

    def open_rule(self, body: Body) -> None:
        """Show the editor with a rule that somebody proposes."""
        rules = next(each for each in self._pages.values() if isinstance(each, RulesPage))
        self.open_page(rules.objectName())
        rules.edit(body)

    def open_trial(self, call_id: str) -> None:
        """Show the playground with a past call."""
        found = (each for each in self._pages.values() if isinstance(each, PlaygroundPage))
        playground = next(found)
        self.open_page(playground.objectName())
        playground.try_call(call_id)

    def open_guide(self) -> None:
        """Lead through the first steps."""
        self.come_forward()
        Guide(self._desk, self).open()

    def _come_with(self, page: str) -> None:
        self.open_page(page)
        self.come_forward()

    def come_forward(self) -> None:
        """Show the window, above others and with the keyboard."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.sidebar.collapse(event.size().width() < _COLLAPSE_BELOW)
        super().resizeEvent(event)

    def _connect(self, actions: Actions) -> None:
        self.sidebar.chosen.connect(self.open_page)
        self.sidebar.routing.routing_asked.connect(actions.set_routing)
        self._engine.retry_asked.connect(actions.retry)
        actions.failed.connect(self.toast.say)
        actions.told.connect(self.toast.say)
        actions.failed.connect(self.sidebar.routing.draw)
        actions.window_asked.connect(self.come_forward)
        actions.call_asked.connect(self.open_call)
        actions.page_asked.connect(self._come_with)
        actions.rule_asked.connect(self.open_rule)
        actions.trial_asked.connect(self.open_trial)
        actions.guide_asked.connect(self.open_guide)
        self._state.link_changed.connect(self._draw)

    def _draw(self) -> None:
        # A short loss keeps the page: the sidebar says that it is being mended.
        there = self._state.link is Link.RUNNING or (
            self._state.link is Link.LOST and self._state.status is not None
        )
        self._stack.setCurrentWidget(self._pages[self._page] if there else self._engine)


def _destination(look: Look, name: str) -> Destination:
    return Destination(name, name, look.texts(f"page.{name}"))
