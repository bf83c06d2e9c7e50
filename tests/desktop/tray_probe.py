"""The desktop for the test of the tray: closes its own window once a tray has come.

There is no window manager on the test's screen that could close it.
"""

import asyncio
import sys

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from butler.contract.places import data_dir
from butler.contract.texts import load_texts
from butler.desktop.app import Desktop
from butler.desktop.preferences import Preferences
from tests.desktop.conftest import until


async def _live(app: QApplication) -> None:
    Preferences(data_dir()).first_time("guide")
    desktop = Desktop(app, data_dir(), load_texts("en"), [])
    running = asyncio.get_running_loop().create_task(desktop.run())
    await until(lambda: desktop.tray.present)
    desktop.window.close()
    await running


def main() -> int:
    """Run until quit from the tray."""
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: QEventLoop(app)) as runner:
        runner.run(_live(app))
    return 0


if __name__ == "__main__":
    sys.exit(main())
