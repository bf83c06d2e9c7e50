"""What the windows draw. It changes only by events: the engine's, and those of our link to it."""

from collections import deque
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from butler.contract.events import Alert, CallRecorded, ConfigChanged, Snapshot
from butler.contract.resources import CallRow, State, Status
from butler.desktop.failure import Failure

_KEPT_CALLS = 200
_REDRAW_AFTER_MS = 50
"""Events that come close together are drawn together, so a busy engine costs few repaints."""


class Link(StrEnum):
    """How we stand with the engine."""

    STARTING = "starting"
    RUNNING = "running"
    LOST = "lost"
    STOPPED = "stopped"
    FAILED = "failed"


class DesktopState(QObject):
    """The engine as last heard; signals tell that something is to be drawn again."""

    link_changed = Signal()
    status_changed = Signal()
    calls_reset = Signal()
    calls_added = Signal(list)
    """The new calls, newest first."""
    alerted = Signal(object)
    """An `Alert`: calls are kept away from a model from now on."""
    config_changed = Signal(list)
    """A new configuration is in force; the names of the resources that changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.link = Link.STARTING
        self.failure: Failure | None = None
        self.status: Status | None = None
        self._calls: deque[CallRow] = deque(maxlen=_KEPT_CALLS)
        self._fresh: list[CallRow] = []
        self._redraw = QTimer(self, singleShot=True, interval=_REDRAW_AFTER_MS)
        self._redraw.timeout.connect(self._announce)

    @property
    def calls(self) -> tuple[CallRow, ...]:
        """The latest calls, newest first."""
        return tuple(self._calls)

    @property
    def routing(self) -> bool:
        """Whether `auto` is routed right now."""
        return self._is(State.ROUTING)

    @property
    def paused(self) -> bool:
        """Whether no new calls are answered, because the owner wants it so."""
        return self._is(State.PAUSED)

    @property
    def local_only(self) -> bool:
        """Whether no call may leave this machine."""
        return self.link is Link.RUNNING and bool(self.status and self.status.local_only)

    @property
    def word(self) -> str:
        """The one word for what the engine does, as texts have it under `routing`."""
        if self.paused:
            return "paused"
        if self.local_only:
            return "local_only"
        return "on" if self.routing else "off"

    @property
    def attention(self) -> bool:
        """Whether something is wrong that a person should look at."""
        return self.link is Link.FAILED or bool(self.status and self.status.warnings)

    def set_link(self, link: Link, failure: Failure | None = None) -> None:
        """Note how we stand with the engine; `failure` says why it failed."""
        if (link, failure) == (self.link, self.failure):
            return
        self.link, self.failure = link, failure
        self.link_changed.emit()

    def apply(self, event: Snapshot | CallRecorded | ConfigChanged | Alert) -> None:
        """Take in one event of the engine."""
        if isinstance(event, Snapshot):
            self._start_over(event)
            return
        # What happens while a snapshot is taken is in it and comes again as an event.
        if isinstance(event, CallRecorded) and not self._knows(event.call):
            self._calls.appendleft(event.call)
            self._fresh.insert(0, event.call)
        self.apply_status(event.status)
        if isinstance(event, Alert):
            self.alerted.emit(event)
        if isinstance(event, ConfigChanged):
            self.config_changed.emit(event.resources)

    def apply_status(self, status: Status) -> None:
        """Take in a status that was asked for between two events."""
        if status == self.status and not self._fresh:
            return
        self.status = status
        if not self._redraw.isActive():
            self._redraw.start()

    def _is(self, state: State) -> bool:
        status = self.status if self.link is Link.RUNNING else None
        return status is not None and status.state is state

    def _knows(self, call: CallRow) -> bool:
        return any(known.id == call.id for known in self._calls)

    def _start_over(self, snapshot: Snapshot) -> None:
        self._redraw.stop()
        self._fresh.clear()
        self.status = snapshot.status
        self._calls.clear()
        self._calls.extend(snapshot.calls[:_KEPT_CALLS])
        self.calls_reset.emit()
        self.status_changed.emit()

    def _announce(self) -> None:
        fresh, self._fresh = self._fresh, []
        if fresh:
            self.calls_added.emit(fresh)
        self.status_changed.emit()
