"""The versions of a rule: what changed when, and the way back to each."""

import json
from collections.abc import Mapping
from difflib import unified_diff
from typing import Any

from pydantic import JsonValue
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.history import HistoryChange, HistoryEntry, HistoryLine
from butler.contract.resources import Rule
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient, part
from butler.desktop.models.cells import Cell
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.diff_view import DiffView
from butler.desktop.widgets.table import Table

_WIDTH, _HEIGHT, _LIST_WIDTH = 800, 420, 280
_PAGES = 4
_NOT_SHOWN = ("id", "created_at", "updated_at")


class HistoryDialog(Dialog):
    """Lists the changes of the configuration that touched the rule, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget, rule: Rule) -> None:
        texts = desk.look.texts
        super().__init__(desk.look, texts("rule.history.of", name=rule.name), parent, _WIDTH)
        self._desk, self._rule = desk, rule
        self._model = RowsModel[HistoryEntry](
            desk.look, self._headings(), lambda entry: str(entry.revision), self
        )
        self.table = Table(desk.look, self._model, self._model.widths, texts("rule.history"))
        self.table.setFixedWidth(_LIST_WIDTH)
        self.table.picked.connect(self._pick)
        self.diff = DiffView(desk.look, texts("rule.history.diff"))
        panes = QHBoxLayout()
        panes.setSpacing(12)
        panes.addWidget(self.table)
        panes.addWidget(self.diff, 1)
        self.body.addLayout(panes)
        self.diff.setMinimumHeight(_HEIGHT)
        self.add_button("history.close", texts("dialog.done"), self.reject)
        self._back = self.add_button(
            "history.restore", texts("rule.history.restore"), self._restore, primary=True
        )
        self._back.setEnabled(False)
        self._task = desk.engine.run("rule history", self._read)
        self.finished.connect(lambda _: self._task.cancel())

    async def _read(self, client: EngineClient) -> None:
        found: list[HistoryEntry] = []
        before: int | None = None
        for _ in range(_PAGES):
            lines = await client.listed("history", HistoryLine, before=before, limit=50)
            for line in lines:
                if "rules" in line.resources:
                    entry = await client.read(f"history/{line.revision}", HistoryEntry)
                    if self._change(entry) is not None:
                        found.append(entry)
            if len(lines) < 50:
                break
            before = lines[-1].revision
        self._model.show_rows(found)
        if found:
            self.table.select_row(0)

    def _change(self, entry: HistoryEntry) -> HistoryChange | None:
        """Return what a change did to the rule, if anything."""
        of_rule = (
            change
            for change in entry.changes
            if (change.table, change.id) == ("rules", self._rule.id)
        )
        return next(of_rule, None)

    def _headings(self) -> list[Heading[HistoryEntry]]:
        texts, formats = self.look.texts, self.look.formats
        return [
            Heading[HistoryEntry](
                texts("rule.history.when"),
                lambda entry: Cell(formats.clock(entry.at, seconds=False), "secondary"),
                100,
            ),
            Heading[HistoryEntry](
                texts("rule.history.what"),
                lambda entry: Cell(entry.summary, tooltip=entry.summary),
                0,
            ),
        ]

    def _pick(self, entry: HistoryEntry | None) -> None:
        change = self._change(entry) if entry is not None else None
        self._back.setEnabled(change is not None and change.before is not None)
        self.diff.show_lines(_diff(change) if change is not None else [])

    def _restore(self) -> None:
        """Bring back the rule as it was before the chosen change."""
        row = self.table.currentIndex().row()
        change = self._change(self._model.rows[row]) if row >= 0 else None
        before = change.before if change is not None else None
        if before is None:
            return
        labels: list[JsonValue] = [target["label"] for target in before["targets"]]
        body: dict[str, JsonValue] = {
            "name": before["name"],
            "description": before["description"],
            "priority": before["priority"],
            "enabled": before["enabled"],
            "when": before["conditions"],
            "cap_price": before["cap_price"],
            "thinking": before.get("thinking"),
            "target": labels[0],
            "fallbacks": labels[1:],
        }

        async def work(client: EngineClient) -> None:
            await client.send("PATCH", f"rules/{part(self._rule.id)}", body)
            self._desk.actions.told.emit(self.look.texts("rule.history.restored"))
            self.accept()

        self._desk.engine.run("restore rule", work, lambda problems: self.tell(problems[0].detail))


def _diff(change: HistoryChange) -> list[str]:
    before, after = (_written(row) for row in (change.before, change.after))
    return list(unified_diff(before, after, lineterm="", n=2))[2:]


def _written(row: Mapping[str, Any] | None) -> list[str]:
    if row is None:
        return []
    shown = {key: value for key, value in row.items() if key not in _NOT_SHOWN}
    shown["targets"] = [target["label"] for target in row["targets"]]
    return json.dumps(shown, ensure_ascii=False, indent=2, sort_keys=True).splitlines()
