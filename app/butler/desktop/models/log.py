"""The request log as a Qt table model: read page by page, as far down as somebody scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Signal

from butler.contract.resources import CallRow, TraceStep
from butler.desktop.look import Look
from butler.desktop.models.calls import CallsModel
from butler.desktop.models.cells import Index

PAGE_ROWS = 100
_ROOT = QModelIndex()


class LogModel(CallsModel):
    """`more_asked` carries the id of the last call, behind which the next page begins."""

    more_asked = Signal(str)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(look, parent)
        self._has_more = False
        self._is_asking = False

    def show_first(self, calls: Sequence[CallRow]) -> None:
        """Show the first page of what was asked for."""
        self._turned(calls)
        self.start_over(calls)

    def show_next(self, calls: Sequence[CallRow]) -> None:
        """Show a further page; of its calls only what a row shows is kept.

        Somebody who scrolls through a large log would otherwise fill the memory with traces.
        """
        self._turned(calls)
        self.put_behind([_slim(call) for call in calls])

    def show_new(self, calls: Sequence[CallRow]) -> None:
        """Show calls that have ended since; those that a page has brought already are left out."""
        known = {call.id for call in self._calls[:PAGE_ROWS]}
        self.put_before([call for call in calls if call.id not in known])

    def give_up(self) -> None:
        """A page did not come: the next scrolling asks again."""
        self._is_asking = False

    def canFetchMore(self, parent: Index = _ROOT) -> bool:
        return self._has_more and not self._is_asking

    def fetchMore(self, parent: Index = _ROOT) -> None:
        if self._calls and self.canFetchMore(parent):
            self._is_asking = True
            self.more_asked.emit(self._calls[-1].id)

    def _turned(self, calls: Sequence[CallRow]) -> None:
        self._has_more = len(calls) == PAGE_ROWS
        self._is_asking = False


def is_slim(call: CallRow) -> bool:
    """Return whether the log has to be read again to explain this call."""
    return call.trace is _NOTHING


_NOTHING: list[TraceStep] = []
"""Stands for a trace that was let go of."""


def _slim(call: CallRow) -> CallRow:
    return call.model_copy(update={"trace": _NOTHING, "attempts": [], "warnings": []})
