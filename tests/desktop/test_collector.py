"""Garbage is collected where windows live, or not at all."""

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from butler.desktop.collector import Collector


class _Loop:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self, freed_in: list[str]) -> None:
        self.me = self
        weakref.finalize(self, lambda: freed_in.append(threading.current_thread().name))


def _litter(freed_in: list[str]) -> None:
    _Loop(freed_in)
    # Enough litter to make Python collect, were it allowed to.
    for _ in range(50_000):
        circle: list[object] = []
        circle.append(circle)


def test_another_thread_frees_nothing(qtbot: QtBot) -> None:
    freed_in: list[str] = []
    with Collector():
        thread = threading.Thread(target=_litter, args=(freed_in,), name="elsewhere")
        thread.start()
        thread.join()
        assert freed_in == []
        qtbot.waitUntil(lambda: bool(freed_in))
    assert freed_in == [threading.current_thread().name]


def test_afterwards_python_is_left_alone_again(qtbot: QtBot) -> None:
    gc.enable()
    with Collector():
        assert not gc.isenabled()
    assert gc.isenabled()
