"""Takes the pictures of every page: `python -m tests.desktop.shots [OUTDIR]`.

A real engine serves a month of traffic; each picture is of the window as its owner would see it.
"""

import argparse
import asyncio
import base64
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QPushButton
from qasync import QEventLoop

from butler.contract.texts import LANGUAGES, load_texts
from butler.desktop.app import Desktop
from butler.desktop.engine_process import engine_command
from butler.desktop.preferences import Preferences
from butler.desktop.state import Link
from butler.desktop.theme import Scheme
from butler.desktop.wizard.dialog import WizardDialog
from butler.desktop.wizard.rule_card import RuleCard
from tests.desktop.conftest import until
from tests.desktop.eyes import press
from tests.month.seeding import CALLS_A_DAY, seed

SIZE = QSize(1280, 832)
_PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
_START_S = 60.0
_SETTLE_S = 2.5
"""So long the figures of a page need to come, be drawn, and be drawn again."""
_SURROUNDINGS = {
    "BUTLER_PORT": "0",
    "BUTLER_ADMIN_PORT": "0",
    # A machine that takes pictures has no keyring; its absence is not what they show.
    "BUTLER_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
}


async def photograph(
    app: QApplication, directory: Path, language: str, scheme: Scheme, out: Path
) -> list[Path]:
    """Show each page of a data directory's desktop, and return the pictures taken."""
    os.environ["BUTLER_THEME"] = scheme
    desktop = Desktop(app, directory, load_texts(language), engine_command())
    running = asyncio.get_running_loop().create_task(desktop.run())
    await until(lambda: desktop.state.link is Link.RUNNING, _START_S)
    window = desktop.window
    window.resize(SIZE)
    taken = []
    for name in window.pages:
        window.open_page(name)
        await asyncio.sleep(_SETTLE_S)
        taken.append(out / f"{name}-{language}-{scheme}.png")
        window.grab().save(str(taken[-1]))
    taken.append(out / f"wizard-{language}-{scheme}.png")
    await _wizard(desktop, taken[-1])
    desktop.quit()
    await running
    window.deleteLater()
    return taken


async def _wizard(desktop: Desktop, picture: Path) -> None:
    """Show what the wizard makes of its usual answers."""
    desktop.window.open_page("rules")
    wizard = WizardDialog(desktop.desk, desktop.window)
    wizard.open()
    onward = wizard.findChild(QPushButton, "wizard.next")
    assert onward is not None
    await until(lambda: onward.isEnabled() and wizard.step == 0, _START_S)
    while onward.isVisible():
        press(wizard, "wizard.next")
    await until(lambda: bool(wizard.findChildren(RuleCard)), _START_S)
    await asyncio.sleep(_SETTLE_S)
    wizard.grab().save(str(picture))
    wizard.reject()


@contextmanager
def surroundings(directory: Path) -> Iterator[None]:
    """Let engines and windows of this process live in `directory` alone."""
    before = dict(os.environ)
    os.environ.update(_SURROUNDINGS, BUTLER_DATA_DIR=str(directory))
    try:
        yield
    finally:
        _restore(before)


def _restore(before: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(before)


async def _all(app: QApplication, options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder, surroundings(Path(folder) / "data"):
        month = Path(folder) / "data"
        month.mkdir()
        os.environ["BUTLER_PORT"] = options.port
        await seed(month, datetime.now(UTC), options.calls_a_day)
        # What is said once only has been said to the owner of a whole month.
        for matter in ("guide", "no-tray"):
            Preferences(month).first_time(matter)
        for language in options.language or LANGUAGES:
            for scheme in options.scheme or (Scheme.LIGHT, Scheme.DARK):
                for file in await photograph(app, month, language, scheme, options.out):
                    print(file.name)  # noqa: T201 - a tool for the terminal


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.desktop.shots", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=_PICTURES)
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--scheme", action="append", type=Scheme)
    parser.add_argument("--port", default="0", help="of the endpoint, as pictures show it")
    parser.add_argument("--calls-a-day", type=int, default=CALLS_A_DAY)
    return parser.parse_args()


def main() -> int:
    """Take all pictures into the folder that is named, else into the documentation."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        runner.run(_all(app, options))
    return 0


if __name__ == "__main__":
    sys.exit(main())
