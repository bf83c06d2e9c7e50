"""The desktop as a whole: puts its parts together, runs them, and takes them apart again."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from butler.contract.places import data_dir, resource
from butler.contract.texts import Texts, load_texts
from butler.desktop.actions import Actions
from butler.desktop.background import Background
from butler.desktop.clipboard import Clipboard
from butler.desktop.closing import Closing
from butler.desktop.collector import Collector
from butler.desktop.desk import Desk
from butler.desktop.engine_process import EngineProcess, engine_command
from butler.desktop.formats import Formats
from butler.desktop.i18n import preferred_language
from butler.desktop.icons import load_icons
from butler.desktop.look import Look
from butler.desktop.notifications import Notifications
from butler.desktop.preferences import Preferences
from butler.desktop.remote_engine import RemoteEngine
from butler.desktop.session import Session
from butler.desktop.single_instance import SingleInstance
from butler.desktop.state import DesktopState
from butler.desktop.theme import Scheme, Theme
from butler.desktop.tray import Tray
from butler.desktop.window import Window

_TRAY_S = 8.0
"""So long a session may take to bring its tray."""


class Application(QApplication):
    """Qt's application; the system's wish to quit (Cmd-Q, end of session) is ours to carry out."""

    quit_asked = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Quit:
            self.quit_asked.emit()
            return True
        return super().event(event)


class Desktop:
    """The parts and how they hang together; `run` lives as long as the desktop does."""

    def __init__(
        self, app: QApplication, directory: Path, texts: Texts, command: Sequence[str]
    ) -> None:
        self._quit = asyncio.Event()
        self._clipboard = Clipboard(app.clipboard())
        self._background = Background()
        self._process = RemoteEngine.named() or EngineProcess(command, directory, self._background)
        self._session = Session(self._process, state := DesktopState())
        self._preferences = Preferences(directory)
        self.actions = actions = Actions(
            self._session, state, texts, self._background, self._clipboard
        )
        scheme = _scheme(self._preferences)
        look = Look(Theme(app, scheme), texts, Formats(texts), load_icons())
        self.state = state
        self.desk = Desk(look, state, actions, actions.engine, self._preferences)
        self.window = Window(app, self.desk)
        self.tray = Tray(look, state, actions)
        self._notifications = Notifications(state, self.tray, texts)
        self._closing = Closing(self.window, self.tray, self.desk, lambda: self._process.alive)
        self._closing.agreed.connect(self.quit)
        self.window.close_asked.connect(self._closing.asked)
        actions.quit_asked.connect(self._closing.quit)
        state.calls_reset.connect(self._guide)
        actions.failed.connect(self._say_in_tray)

    def quit(self) -> None:
        """Ask `run` to come to its end."""
        self._quit.set()

    async def _mind_tray(self, *, hidden: bool) -> None:
        """Be seen where no tray has come, and say once that there is none."""
        await asyncio.sleep(_TRAY_S)
        if self.tray.present:
            return
        if hidden:
            self.window.show()
        if self._preferences.first_time("no-tray"):
            self.window.toast.say(self.desk.look.texts("tray.none"))

    def _guide(self) -> None:
        """Lead through the first steps, once, where nothing was ever asked."""
        if not self.state.calls and self._preferences.first_time("guide"):
            self.actions.guide_asked.emit()

    def _say_in_tray(self, text: str) -> None:
        # The window says it too, but only to those who see it.
        if not self.window.isVisible():
            self.tray.tell(text)

    async def run(self, *, hidden: bool = False) -> None:
        """Show the window, stay joined to an engine until `quit`, stop what was started.

        A `hidden` one stays in the tray, unless there is none to stay in.
        """
        joined = self._background.start("session", self._session.run())
        self._background.start("refresh", self._session.refresh())
        self._preferences.restore(self.window)
        if not hidden:
            self.window.show()
        self._background.start("tray", self._mind_tray(hidden=hidden))
        await self._quit.wait()
        self._preferences.keep(self.window)
        self.window.hide()
        self.tray.leave()
        self._clipboard.forget()
        joined.cancel()
        await self._process.stop()
        await self._background.stop()


def run(args: argparse.Namespace) -> int:
    """Show tray and window until somebody quits; return the exit code.

    A second start for the same data directory only brings the first one's window forward.
    """
    directory = data_dir()
    # The engine keeps secrets in here: whoever comes first closes it to others.
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Application(sys.argv[:1])
    instance = SingleInstance(directory)
    if not instance.claim():
        return 0
    language = preferred_language(Preferences(directory).language)
    _dress(app, language)
    # Everything that reads files is built before the loop that must not wait for any.
    desktop = Desktop(app, directory, load_texts(language), engine_command())
    instance.called.connect(desktop.window.come_forward)
    app.quit_asked.connect(desktop.actions.quit_asked)
    with Collector(), asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        runner.run(_run(desktop, hidden=args.hidden))
    instance.release()
    return 0


async def _run(desktop: Desktop, *, hidden: bool) -> None:
    _quit_on_signals(desktop.quit)
    await desktop.run(hidden=hidden)


def _dress(app: QApplication, language: str) -> None:
    app.setApplicationName("smart-routing-butler")
    app.setDesktopFileName("smart-routing-butler")
    app.setWindowIcon(QIcon(str(resource("icons", "butler.svg"))))
    # The window may be hidden in the tray; quitting is asked for, never a side effect.
    app.setQuitOnLastWindowClosed(False)
    # Qt's own words, such as those of a text field's menu.
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language), "qtbase", "_", folder):
        app.installTranslator(translator)


def _quit_on_signals(ask: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ask))
        else:
            loop.add_signal_handler(number, ask)


def _scheme(preferences: Preferences) -> Scheme:
    chosen = os.environ.get("BUTLER_THEME")
    return Scheme(chosen) if chosen in set(Scheme) else preferences.scheme
