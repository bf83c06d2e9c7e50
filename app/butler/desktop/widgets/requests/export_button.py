"""Saves the calls that the filter lets through, as a table or as JSON lines, as they stream in."""

import asyncio
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.requests.log_filter import LogFilter

_FORMATS = ("csv", "jsonl")


class ExportButton(Button):
    """Asks for a format and a file; pressed again while it writes, it stops."""

    def __init__(self, desk: Desk, chosen: LogFilter) -> None:
        super().__init__(desk.look.texts("export.button"))
        self.setObjectName("requests.export")
        self._desk = desk
        self._chosen = chosen
        self._writing: asyncio.Task[None] | None = None
        self._menu = QMenu(self)
        for name in _FORMATS:
            action = QAction(desk.look.texts(f"export.{name}"), self._menu)
            action.setObjectName(f"export.{name}")
            action.triggered.connect(lambda _=False, name=name: self._ask_where(name))
            self._menu.addAction(action)
        self.clicked.connect(self._press)

    def write(self, file: Path, form: str) -> asyncio.Task[None]:
        """Write the calls to a file; one that is there already is replaced at the end."""

        async def work(client: EngineClient) -> None:
            half = file.with_name(f"{file.name}.part")
            try:
                await self._fill(client, half, form)
                await asyncio.to_thread(half.replace, file)
                self._desk.actions.told.emit(self._desk.look.texts("export.done", file=file.name))
            except OSError as error:
                why = error.strerror or str(error)
                self._desk.actions.failed.emit(self._desk.look.texts("export.failed", why=why))
            finally:
                await asyncio.to_thread(half.unlink, missing_ok=True)
                self._writing = None
                self.setText(self._desk.look.texts("export.button"))

        self.setText(self._desk.look.texts("export.stop"))
        self._writing = self._desk.engine.run("export", work)
        return self._writing

    async def _fill(self, client: EngineClient, file: Path, form: str) -> None:
        query = self._chosen.query
        out = await asyncio.to_thread(file.open, "wb")
        try:
            async for chunk in client.chunks("requests/export", format=form, **query):
                await asyncio.to_thread(out.write, chunk)
        finally:
            await asyncio.to_thread(out.close)

    def _press(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
        else:
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _ask_where(self, form: str) -> None:
        dialog = QFileDialog(self.window(), self._desk.look.texts("export.title"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form)
        dialog.selectFile(f"requests.{form}")
        dialog.fileSelected.connect(lambda file: self.write(Path(file), form))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
