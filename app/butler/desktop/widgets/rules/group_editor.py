"""A group of conditions while it is edited: all of, any of, none of, with groups inside."""

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.condition_kinds import ConditionKindRow
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.rules.close_button import CloseButton
from butler.desktop.widgets.rules.condition_row import ConditionRow
from butler.desktop.widgets.rules.field_editors import Offer
from butler.desktop.widgets.segmented import Segmented

_GROUPS = ("all", "any", "none")
_RAIL, _INDENT = 2, 14
_FIRST = {"kind": "task"}
_STEP = re.compile(r"\.?(?:all|any|none)\[(\d+)\]")


class GroupEditor(QWidget):
    """`spec` is the group as the API takes it; `removed` is asked for where it lies in another."""

    edited = Signal()
    removed = Signal()

    def __init__(
        self,
        look: Look,
        kinds: Mapping[str, ConditionKindRow],
        offer: Offer,
        spec: Mapping[str, Any],
        *,
        outermost: bool = True,
    ) -> None:
        super().__init__()
        self._look, self._kinds, self._offer = look, kinds, offer
        self._outermost = outermost
        self._as_given: dict[str, Any] | None = dict(spec)
        texts = look.texts
        named = [(name, texts(f"condition.group.{name}")) for name in _GROUPS]
        self.way = Segmented(texts("condition.group"), named)
        self.way.setObjectName("group.way")
        self.way.picked.connect(lambda _: self._touched())
        self.members: list[ConditionRow | GroupEditor] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._wrong = Label("", Type.SMALL, "bad")
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_INDENT, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(self._head())
        whole.addLayout(self._column)
        whole.addWidget(self._wrong)
        whole.addLayout(self._foot())
        group = next((name for name in _GROUPS if name in spec), "all")
        members = spec.get(group) if group in spec else [spec] if "kind" in spec else []
        self.way.show_value(group)
        for member in members if isinstance(members, list) else ():
            self._add(member if isinstance(member, Mapping) else {})
        look.theme.changed.connect(self.update)

    @property
    def spec(self) -> dict[str, Any]:
        """The group; what nobody has touched is as it was."""
        if self._as_given is not None:
            return dict(self._as_given)
        return {str(self.way.value): [member.spec for member in self.members]}

    def tell(self, path: str, words: str) -> bool:
        """Say what is wrong at a place such as `all[0].tasks`; tells whether there is one."""
        step = _STEP.match(path)
        if step is None or int(step[1]) >= len(self.members):
            self._wrong.setText(words)
            self._wrong.show()
            return True
        member, rest = self.members[int(step[1])], path[step.end() :]
        if isinstance(member, GroupEditor):
            return member.tell(rest, words)
        member.tell(words, rest.lstrip("."))
        return True

    def tell_nothing(self) -> None:
        """Take back all that was said to be wrong."""
        self._wrong.hide()
        for member in self.members:
            if isinstance(member, GroupEditor):
                member.tell_nothing()
            else:
                member.tell("")

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._look.tokens
        colour = tokens.accent if self._outermost else tokens.line
        QPainter(self).fillRect(0, 0, _RAIL, self.height(), QColor(colour))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.way)
        row.addStretch(1)
        if not self._outermost:
            remove = CloseButton(self._look, self._look.texts("condition.group.remove"))
            remove.setObjectName("group.remove")
            remove.clicked.connect(self.removed.emit)
            row.addWidget(remove)
        return row

    def _foot(self) -> QHBoxLayout:
        texts = self._look.texts
        row = QHBoxLayout()
        row.setSpacing(4)
        adds: tuple[tuple[str, dict[str, Any]], ...] = (
            ("condition", _FIRST),
            ("group", {"all": [_FIRST]}),
        )
        for name, spec in adds:
            button = QuietButton(texts(f"condition.add.{name}"))
            button.setObjectName(f"add.{name}")
            button.clicked.connect(lambda _=False, spec=spec: self._add_new(spec))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _add_new(self, spec: Mapping[str, Any]) -> None:
        self._add(spec)
        self._touched()

    def _add(self, spec: Mapping[str, Any]) -> None:
        member: ConditionRow | GroupEditor
        if any(name in spec for name in _GROUPS):
            member = GroupEditor(self._look, self._kinds, self._offer, spec, outermost=False)
        else:
            member = ConditionRow(self._look, self._kinds, self._offer, spec)
        member.edited.connect(self._touched)
        member.removed.connect(lambda: self._remove(member))
        self.members.append(member)
        self._column.addWidget(member)

    def _remove(self, member: "ConditionRow | GroupEditor") -> None:
        self.members.remove(member)
        self._column.removeWidget(member)
        member.hide()
        member.deleteLater()
        self._touched()

    def _touched(self) -> None:
        self._as_given = None
        self.edited.emit()
