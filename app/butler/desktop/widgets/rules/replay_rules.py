"""The rules of a draft: each can be left out, or sent elsewhere, to see what that would change."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from butler.contract.resources import Model
from butler.desktop.fonts import Type, font
from butler.desktop.look import Look
from butler.desktop.widgets.select import Select

_TARGET_WIDTH, _LEAST_WIDTH = 176, 110


class ReplayRules(QScrollArea):
    """`rules` is the set as the API takes it; `changed` says whether it differs."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._given: list[dict[str, Any]] = []
        self._lines: list[tuple[dict[str, Any], QCheckBox, Select]] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setObjectName("scrolled")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self.setWidget(content)

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The rules that there would be."""
        return [
            {
                **rule,
                "enabled": tick.isChecked(),
                "target": str(target.value),
                "fallbacks": [name for name in rule["fallbacks"] if name != target.value],
            }
            for rule, tick, target in self._lines
        ]

    @property
    def changed(self) -> bool:
        """Whether the set differs from the one in force."""
        return self.rules != self._given

    def offer(self, rules: Sequence[Mapping[str, Any]], models: Sequence[Model]) -> None:
        """Show a set of rules; what was tried out stays while the set is the same."""
        given = [dict(rule) for rule in rules]
        if given == self._given:
            return
        self._given = given
        self._lines = []
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for rule in given:
            self._column.addWidget(self._line(rule, models))
        self._column.addStretch(1)

    def _line(self, rule: dict[str, Any], models: Sequence[Model]) -> QWidget:
        texts = self._look.texts
        tick = QCheckBox(rule["name"].replace("&", "&&"))
        tick.setFont(font(Type.SMALL))
        tick.setObjectName(f"replay.rule.{rule['name']}")
        tick.setToolTip(rule["name"])
        tick.setMinimumWidth(80)
        tick.setChecked(rule["enabled"])
        target = Select(
            texts("replay.target_of", name=rule["name"]),
            [(model.target, model.target) for model in models],
        )
        if rule["target"] not in [model.target for model in models]:
            target.addItem(rule["target"], rule["target"])
        target.show_value(rule["target"])
        target.setMaximumWidth(_TARGET_WIDTH)
        target.setMinimumWidth(_LEAST_WIDTH)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(tick, 1)
        row.addWidget(target, 1)
        self._lines.append((rule, tick, target))
        return line
