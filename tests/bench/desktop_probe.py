"""One desktop under measurement, in a process of its own: prints its figures as JSON.

The desktop is the real one, drawn offscreen, with a real engine as its child.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QSize
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from butler.contract.places import data_dir
from butler.contract.texts import load_texts
from butler.desktop.app import Desktop
from butler.desktop.collector import Collector
from butler.desktop.engine_process import engine_command
from butler.desktop.preferences import Preferences
from butler.desktop.state import Link
from butler.desktop.widgets.call_table import CallTable

_START_S = 120.0
_PATIENCE_S = 60.0
_LOOK_S = 0.002
_SETTLE_S = 1.5
_SCROLLS = 40
_IDLE_S = 20.0
_PAGE = "requests"
_MB = 1024 * 1024


class Watch:
    """How long the GUI thread is busy without a pause, and how late the loop is."""

    def __init__(self) -> None:
        self.busy_ms: list[float] = []
        self.gaps_ms: list[float] = []
        self._rested_at = time.thread_time()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._rest)

    async def look(self) -> None:
        """Note how much later than asked the loop comes back; runs until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_LOOK_S)
            self.gaps_ms.append((time.perf_counter() - before - _LOOK_S) * 1e3)

    def _rest(self) -> None:
        # The clock stands still while the thread waits: what passed was work, all of it between
        # two waits, so no single slot or model call took longer.
        now = time.thread_time()
        self.busy_ms.append((now - self._rested_at) * 1e3)
        self._rested_at = now


async def _until(met: Callable[[], bool], patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
    while not met():
        if time.monotonic() > deadline:
            raise TimeoutError("The desktop did not get there.")
        await asyncio.sleep(_LOOK_S)


async def _measure(app: QApplication) -> dict[str, float]:
    Preferences(data_dir()).first_time("guide")
    desktop = Desktop(app, data_dir(), load_texts("en"), engine_command())
    running = asyncio.get_running_loop().create_task(desktop.run())
    await _until(lambda: desktop.state.link is Link.RUNNING, _START_S)
    desktop.window.resize(QSize(1280, 832))
    await asyncio.sleep(_SETTLE_S)
    watch = Watch()
    looking = asyncio.get_running_loop().create_task(watch.look())
    first_rows_ms = await _open_log(desktop)
    rows = await _scroll(desktop)
    for name in desktop.window.pages:
        desktop.window.open_page(name)
        await asyncio.sleep(_SETTLE_S)
    looking.cancel()
    rss = _rss_bytes()
    idle = await _idle_share()
    desktop.quit()
    await running
    gaps = sorted(watch.gaps_ms)
    return {
        "first_rows_ms": first_rows_ms,
        "rows": rows,
        "busy_ms": max(watch.busy_ms),
        "gap_ms": gaps[int(len(gaps) * 0.999)],
        "rss_mb": rss / _MB,
        "idle_share": idle,
    }


async def _open_log(desktop: Desktop) -> float:
    began = time.perf_counter()
    desktop.window.open_page(_PAGE)
    table = _table(desktop)
    await _until(lambda: table.model().rowCount() > 0, _PATIENCE_S)
    # What is there is to be seen, too.
    table.viewport().repaint()
    return (time.perf_counter() - began) * 1e3


async def _scroll(desktop: Desktop) -> int:
    """Scroll to the end of what is there, again and again; return how far that was."""
    table = _table(desktop)
    for _ in range(_SCROLLS):
        before = table.model().rowCount()
        table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
        await _until(lambda was=before: table.model().rowCount() > was, _PATIENCE_S)
        for _ in range(5):
            bar = table.verticalScrollBar()
            bar.setValue(bar.value() + bar.pageStep())
            await asyncio.sleep(0.01)
    return int(table.model().rowCount())


def _table(desktop: Desktop) -> CallTable:
    page = desktop.window.findChild(object, _PAGE)
    return next(each for each in page.findChildren(CallTable))


def _rss_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def _idle_share() -> float:
    """How much of a core the desktop takes while nothing happens."""
    before = time.process_time()
    await asyncio.sleep(_IDLE_S)
    return (time.process_time() - before) / _IDLE_S


def main() -> int:
    """Measure once."""
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with Collector(), asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        print(json.dumps(runner.run(_measure(app))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
