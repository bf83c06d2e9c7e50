"""Keeps Python's garbage collector in the thread that draws.

Left alone it runs in whichever thread allocates. A window part with a timer that is freed in
another thread leaves its timer behind, and Qt crashes when that timer is due.
"""

import gc
from types import TracebackType

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class Collector(QObject):
    """A context manager: collects on a timer of its own thread while it is entered."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def __enter__(self) -> None:
        gc.disable()
        # What is there by now stays for good: looking through it again would only take time.
        gc.collect()
        gc.freeze()
        self._timer.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds."""
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if due:
            gc.collect(max(due))
