"""What is stored: backed up, brought back, forgotten, sealed under another key."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from butler.contract.backup import Restored
from butler.contract.call_filter import Forgotten
from butler.contract.vault import VaultRotated, VaultState
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card, hairline
from butler.desktop.widgets.dialog import confirm
from butler.desktop.widgets.settings.action_row import ActionRow

_PIECE_BYTES = 1024 * 1024
_ROTATE_S = 300.0

Work = Callable[[EngineClient], Coroutine[object, object, None]]


class CareCard(Card):
    """Each of these is asked about once more before it is done."""

    def __init__(self, desk: Desk) -> None:
        texts = desk.look.texts
        super().__init__(texts("care.title"))
        self._desk = desk
        self._texts = texts
        self._backup = self._row("backup", self._ask_backup)
        self._restore = self._row("restore", self._ask_restore)
        self._vault = self._row("vault", self._ask_rotate)
        self._bodies = self._row("bodies", self._ask_forget)
        self._backup.tell(texts("care.backup.note"))
        self._restore.tell(texts("care.restore.note"))
        self._bodies.tell(texts("care.bodies.note"))

    async def read(self, client: EngineClient) -> None:
        """Ask where the master key lies."""
        self._show_vault(await client.read("vault", VaultState))

    def back_up(self, file: Path) -> asyncio.Task[None]:
        """Write everything that is stored to a file; it is whole, or not there."""

        async def work(client: EngineClient) -> None:
            half = file.with_name(f"{file.name}.part")
            self._backup.tell(self._texts("care.backup.busy"))
            try:
                await _write(half, client.chunks("backup", method="POST"))
                await asyncio.to_thread(half.replace, file)
            except OSError as error:
                why = error.strerror or str(error)
                self._backup.tell(self._texts("export.failed", why=why), "bad")
            else:
                self._backup.tell(self._texts("care.backup.done", file=file.name), "good")
            finally:
                await asyncio.to_thread(half.unlink, missing_ok=True)

        return self._run("backup", self._backup, work)

    def bring_back(self, file: Path) -> asyncio.Task[None]:
        """Put everything back as it is in a file."""

        async def work(client: EngineClient) -> None:
            self._restore.tell(self._texts("care.restore.busy"))
            try:
                done = await client.upload("restore", Restored, _pieces(file))
            except OSError as error:
                why = error.strerror or str(error)
                self._restore.tell(self._texts("care.restore.unread", why=why), "bad")
            else:
                self._restore.tell(self._texts("care.restore.done", kept=done.kept), "good")

        return self._run("restore", self._restore, work)

    def _ask_backup(self) -> None:
        dialog = QFileDialog(self.window(), self._texts("care.backup"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("db")
        dialog.selectFile("butler-backup.db")
        dialog.fileSelected.connect(lambda file: self.back_up(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_restore(self) -> None:
        dialog = QFileDialog(self.window(), self._texts("care.restore"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.ask_to_bring_back(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_to_bring_back(self, file: Path) -> None:
        """Say what is replaced before it is."""
        self._confirm("restore", lambda: self.bring_back(file), file=file.name)

    def _ask_rotate(self) -> None:
        async def work(client: EngineClient) -> None:
            path = "vault:rotate"
            done = await client.ask("POST", path, VaultRotated, {}, timeout_s=_ROTATE_S)
            self._show_vault(VaultState(source=done.source, problems=done.problems))
            told = self._texts.count("care.vault.done", done.resealed)
            self._desk.actions.told.emit(told)

        self._confirm("vault", lambda: self._run("rotate", self._vault, work))

    def _ask_forget(self) -> None:
        async def work(client: EngineClient) -> None:
            gone = await client.ask("DELETE", "bodies", Forgotten)
            self._bodies.tell(self._texts.count("care.bodies.done", gone.forgotten), "good")

        self._confirm("bodies", lambda: self._run("forget", self._bodies, work))

    def _show_vault(self, state: VaultState) -> None:
        place = self._texts.named("care.vault.in", state.source)
        words = " ".join(self._texts.problem(each) for each in state.problems)
        told = self._texts("care.vault.note", place=place)
        self._vault.tell(f"{told} {words}".strip(), "warn" if words else "secondary")

    def _confirm(self, what: str, do: Callable[[], object], **values: str) -> None:
        texts = self._texts
        confirm(
            self.window(),
            self._desk.look,
            texts(f"care.{what}.sure", **values),
            texts(f"care.{what}.what"),
            texts(f"care.{what}.do"),
            do,
        )

    def _row(self, what: str, ask: Callable[[], None]) -> ActionRow:
        button = Button(self._texts(f"care.{what}.do"))
        button.setObjectName(f"care.{what}")
        button.clicked.connect(ask)
        row = ActionRow(self._texts(f"care.{what}"), button)
        self.body.addWidget(hairline())
        self.body.addWidget(row)
        return row

    def _run(self, name: str, row: ActionRow, work: Work) -> asyncio.Task[None]:
        return self._desk.engine.run(
            name,
            work,
            refused=lambda problems: row.tell(
                " ".join(f"{self._texts.problem(each)} {each.hint or ''}" for each in problems),
                "bad",
            ),
        )


async def _write(file: Path, pieces: AsyncGenerator[bytes, None]) -> None:
    out = await asyncio.to_thread(file.open, "wb")
    try:
        async for piece in pieces:
            await asyncio.to_thread(out.write, piece)
    finally:
        await asyncio.to_thread(out.close)


async def _pieces(file: Path) -> AsyncGenerator[bytes, None]:
    opened = await asyncio.to_thread(file.open, "rb")
    try:
        while piece := await asyncio.to_thread(opened.read, _PIECE_BYTES):
            yield piece
    finally:
        await asyncio.to_thread(opened.close)
