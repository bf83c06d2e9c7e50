"""Asks how rules from a file come in: beside those that are there, or in their place."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import JsonValue
from PySide6.QtWidgets import QWidget

from butler.contract.problems import Problem
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.widgets.dialog import Dialog
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.segmented import Segmented


class ImportDialog(Dialog):
    """Stores all of them or none."""

    def __init__(
        self, desk: Desk, parent: QWidget, file: str, rules: Sequence[Mapping[str, Any]]
    ) -> None:
        texts = desk.look.texts
        super().__init__(desk.look, texts("rules.import.title", name=file), parent)
        self._desk = desk
        self._rules = rules
        names = ", ".join(str(rule.get("name", "?")) for rule in rules[:8])
        more = f" … (+{len(rules) - 8})" if len(rules) > 8 else ""
        words = Label(texts.count("rules.import.holds", len(rules), names=names + more))
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.way = Segmented(
            texts("rules.import.way"),
            [(way, texts(f"rules.import.{way}")) for way in ("beside", "instead")],
        )
        self.way.setObjectName("import.way")
        self.body.addWidget(self.way)
        self.add_button("import.cancel", texts("dialog.cancel"), self.reject)
        self.add_button("import.do", texts("rules.import"), self._store, primary=True)

    def _store(self) -> None:
        async def work(client: EngineClient) -> None:
            if self.way.value == "instead":
                rules: list[JsonValue] = [dict(rule) for rule in self._rules]
                await client.send("PUT", "rules", {"rules": rules})
            else:
                await client.send("POST", "rules:apply", {"rules": _without_ids(self._rules)})
            self._desk.actions.told.emit(self.look.texts.count("rules.imported", len(self._rules)))
            self.accept()

        self._desk.engine.run("import rules", work, self._refused)

    def _refused(self, problems: Sequence[Problem]) -> None:
        told = [f"{each.field or ''} {each.detail}".strip() for each in problems[:5]]
        self.tell(self.look.texts("rules.import.refused"), "\n".join(told))


def _without_ids(rules: Sequence[Mapping[str, Any]]) -> list[JsonValue]:
    return [{key: value for key, value in rule.items() if key != "id"} for rule in rules]
