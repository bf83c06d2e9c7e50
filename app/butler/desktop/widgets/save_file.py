"""Asks where to save something, and saves it beside the window."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient

Write = Callable[[Path], None]
"""Writes the file, in a thread of its own; raises `OSError` where that fails."""


def ask_where(desk: Desk, window: QWidget, name: str, write: Write) -> None:
    """Let a person choose a file, `name` to begin with, and have it written."""
    dialog = QFileDialog(window, desk.look.texts("save.title"))
    dialog.setObjectName("save")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda file: save(desk, Path(file), write))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def save(desk: Desk, file: Path, write: Write) -> asyncio.Task[None]:
    """Write a file and say so, or say why not; half a file never takes the place of a whole."""

    async def work(_: EngineClient) -> None:
        try:
            await asyncio.to_thread(_replaced, file, write)
        except OSError as error:
            why = error.strerror or str(error)
            desk.actions.failed.emit(desk.look.texts("export.failed", why=why))
        else:
            desk.actions.told.emit(desk.look.texts("export.done", file=file.name))

    return desk.engine.run("save", work)


def _replaced(file: Path, write: Write) -> None:
    half = file.with_name(f"{file.name}.part")
    try:
        write(half)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
