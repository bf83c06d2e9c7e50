"""Takes the pictures of every window: `python -m tests.desktop.shots OUTDIR`."""

import asyncio
import os
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from butler.contract.resources import State
from butler.contract.texts import LANGUAGES, load_texts
from butler.desktop.app import Desktop
from butler.desktop.failure import Failure, FailureKind
from butler.desktop.state import Link
from butler.desktop.theme import Scheme
from butler.desktop.tray_icon import Face, Shape, draw_face
from tests.desktop import samples
from tests.desktop.conftest import until
from tests.desktop.fake_engine import FakeEngine

_SMALLEST = QSize(880, 600)
_USUAL = QSize(1280, 832)
_REFUSAL = Failure(
    FailureKind.REFUSED,
    (
        "Port 8080 is taken by another program.",
        "Stop that program, or choose another port: BUTLER_PORT=8090 butler serve",
    ),
)


class Photographer:
    """Puts one desktop through its states and takes a picture of each."""

    def __init__(self, desktop: Desktop, engine: FakeEngine, out: Path, prefix: str) -> None:
        self._desktop = desktop
        self._engine = engine
        self._out = out
        self._prefix = prefix

    async def take(self, name: str) -> None:
        """Wait until everything is drawn, then keep the picture."""
        await asyncio.sleep(0.4)
        self._desktop.window.grab().save(str(self._out / f"{self._prefix}-{name}.png"))

    async def tour(self) -> None:
        """Show every page in every state worth seeing."""
        window, state = self._desktop.window, self._desktop.state
        window.resize(_USUAL)
        await until(lambda: state.link is Link.RUNNING)
        await self.take("overview-empty")
        window.open_page("requests")
        await self.take("requests-empty")
        self._fill()
        await self.take("requests")
        window.open_call("req-2")
        await self.take("requests-fallback")
        window.open_page("overview")
        await self.take("overview")
        QTest.keyClick(window, Qt.Key.Key_Tab)
        QTest.keyClick(window, Qt.Key.Key_Tab)
        window.toast.say(samples.WARNING.detail)
        await self.take("overview-focus-toast")
        window.toast.hide()
        self._engine.configure(state=State.OFF, warnings=[samples.WARNING], default_token=None)
        await self.take("overview-off-warning")
        window.resize(_SMALLEST)
        await self.take("overview-small")
        window.open_call("req-2")
        await self.take("requests-small")
        window.resize(_USUAL)
        state.set_link(Link.FAILED, _REFUSAL)
        await self.take("engine-refused")
        state.set_link(Link.STOPPED)
        await self.take("engine-stopped")

    def _fill(self) -> None:
        for call in reversed(samples.gallery()):
            self._engine.record(call)
        self._engine.configure(
            demo=False,
            requests_today=214,
            spent_today_usd=Decimal("0.83"),
            unpriced_today=3,
            in_flight=2,
        )


async def _shoot(app: QApplication, out: Path, language: str, scheme: Scheme) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(BUTLER_DATA_DIR=folder, BUTLER_THEME=scheme)
        engine = FakeEngine(Path(folder))
        await engine.start()
        desktop = Desktop(app, Path(folder), load_texts(language), [])
        running = asyncio.get_running_loop().create_task(desktop.run())
        await Photographer(desktop, engine, out, f"{language}-{scheme}").tour()
        desktop.quit()
        await running
        await engine.stop()


def _shoot_tray(out: Path) -> None:
    faces = [Face(shape, dot) for dot in (False, True) for shape in Shape]
    sizes = (16, 22, 32, 64)
    sheet = QPixmap(len(faces) * 76, 2 * (sum(sizes) + 8 * len(sizes)))
    painter = QPainter(sheet)
    y = 0
    for dark, ground in ((False, "#F6F7F9"), (True, "#12151B")):
        painter.fillRect(0, y, sheet.width(), sheet.height() // 2, ground)
        for size in sizes:
            for column, face in enumerate(faces):
                painter.drawPixmap(column * 76 + 6, y + 4, draw_face(face, size, dark_panel=dark))
            y += size + 8
    painter.end()
    sheet.save(str(out / "tray.png"))


def main() -> int:
    """Take all pictures into the folder that was named."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    _shoot_tray(out)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        for language in LANGUAGES:
            for scheme in (Scheme.LIGHT, Scheme.DARK):
                runner.run(_shoot(app, out, language, scheme))
    return 0


if __name__ == "__main__":
    sys.exit(main())
