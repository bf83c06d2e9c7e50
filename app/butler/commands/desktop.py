"""`butler` without a command: the tray and the window, or the engine where there is no display."""

import argparse
from importlib.util import find_spec

from butler.commands import serve
from butler.commands.console import say
from butler.contract.texts import Texts
from butler.desktop.display import display_available


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Open the desktop app; without a display or without Qt, say so and serve headless."""
    if not display_available():
        say(texts("desktop.no_display"))
        return serve.run(args, texts)
    if find_spec("PySide6") is None or find_spec("qasync") is None:
        say(texts("desktop.no_libraries"))
        return serve.run(args, texts)
    from butler.desktop.app import run as open_desktop  # noqa: PLC0415 - loads Qt

    return open_desktop(args)
