"""The editor of one rule: when it holds, who answers then, and what it would have done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from butler.contract.condition_kinds import ConditionKindRow
from butler.contract.problems import Problem
from butler.contract.replay import Effect
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.models.rule_draft import Body, RuleDraft
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card, hairline
from butler.desktop.widgets.field import NumberField, TextField, mark_wrong
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.rules.effect_view import EffectView
from butler.desktop.widgets.rules.field_editors import Offer
from butler.desktop.widgets.rules.group_editor import GroupEditor
from butler.desktop.widgets.rules.targets_editor import TargetsEditor
from butler.desktop.widgets.rules.thinking_editor import ThinkingEditor

_SETTLE_MS = 300
_PRIORITY_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Supply:
    """What the editor draws from: the kinds of conditions, and the models with their words."""

    kinds: Mapping[str, ConditionKindRow]
    models: Sequence[tuple[str, str]]


class RuleEditor(Card):
    """Shows a draft; `settled` comes a moment after a change, `save_asked` carries the draft."""

    settled = Signal(object)
    save_asked = Signal(object)
    discarded = Signal()
    asked = Signal(str, object)
    """What else is to be done with the stored rule: `duplicate`, `history`, `delete`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._supply = Supply({}, ())
        self._draft: RuleDraft | None = None
        self._stored: Body | None = None
        self._group: GroupEditor | None = None
        texts = look.texts
        self.name = TextField(texts("rule.name"), texts("rule.name"))
        self.name.setObjectName("rule.name")
        self.priority = NumberField(texts("rule.priority"))
        self.priority.setObjectName("rule.priority")
        self.priority.setFixedWidth(_PRIORITY_WIDTH)
        self.description = TextField(texts("rule.description"), texts("rule.description"))
        self.description.setObjectName("rule.description")
        self.targets = TargetsEditor(look)
        self.thinking = ThinkingEditor(look)
        self.effect = EffectView(look)
        self._wrong = Label("", Type.SMALL, "bad")
        self._wrong.setWordWrap(True)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(lambda: self.settled.emit(self.draft))
        for line in (self.name, self.priority, self.description):
            line.textEdited.connect(lambda _: self._touched())
        self.targets.edited.connect(self._touched)
        self.thinking.edited.connect(self._touched)
        self._lay_out()

    @property
    def draft(self) -> RuleDraft | None:
        """The rule as it is written now."""
        if self._draft is None:
            return None
        body: dict[str, Any] = {
            **self._draft.body,
            "name": self.name.text().strip(),
            "description": self.description.text().strip(),
            "priority": self.priority.number if self.priority.number is not None else 500,
            "target": self.targets.target,
            "fallbacks": list(self.targets.fallbacks),
            "cap_price": self.targets.cap_price,
            "thinking": self.thinking.value,
        }
        if self._group is not None:
            body["when"] = self._group.spec
        return RuleDraft(body, self._draft.id)

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what is stored."""
        draft = self.draft
        return draft is not None and draft.body != self._stored

    @property
    def is_dirty(self) -> bool:
        """Whether anything was changed since the draft was shown."""
        draft = self.draft
        return draft is not None and self._draft is not None and draft.body != self._draft.body

    @property
    def changes(self) -> Body:
        """What differs from the stored rule."""
        draft, stored = self.draft, self._stored or {}
        if draft is None:
            return {}
        return {key: value for key, value in draft.body.items() if stored.get(key) != value}

    def rebase(self, stored: Body) -> None:
        """Take over what changed in the stored rule, but for what is being changed here."""
        draft, before = self.draft, self._stored
        if draft is None or before is None or before == stored:
            return
        mine = {key: value for key, value in draft.body.items() if value != before.get(key)}
        self.show_draft(RuleDraft({**stored, **mine}, draft.id))
        self._stored = dict(stored)
        self._mark()

    def supply(self, supply: Supply) -> None:
        """Take what fields can offer; what is being edited stays."""
        if supply == self._supply:
            return
        draft = self.draft
        self._supply = supply
        self.targets.offer(supply.models)
        if draft is not None:
            stored = self._stored
            self.show_draft(draft)
            self._stored = stored
            self._mark()

    def show_draft(self, draft: RuleDraft, *, stored: bool = True) -> None:
        """Show a rule, one that is stored as it is or a new one."""
        body: dict[str, Any] = draft.body
        self._draft = draft
        self._stored = dict(draft.body) if stored and draft.id else None
        self.name.setText(body["name"])
        self.priority.show_number(body["priority"])
        self.description.setText(body["description"])
        # Long ones are read from their beginning.
        self.description.setCursorPosition(0)
        self.targets.offer(self._supply.models)
        self.targets.show_targets(body["target"], body["fallbacks"], cap_price=body["cap_price"])
        self.thinking.show_value(body["thinking"])
        self._show_when(body["when"])
        self.tell([])
        self.effect.show_nothing("")
        self._mark()
        self._settle.start()

    def forget(self) -> None:
        """Edit nothing any more."""
        self._draft = self._stored = None
        self._settle.stop()

    def revert(self) -> bool:
        """Show the rule as it is stored; tells whether it is stored at all."""
        if self._draft is None or self._stored is None:
            return False
        self.show_draft(RuleDraft(dict(self._stored), self._draft.id))
        return True

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong, each at its place."""
        texts = self._look.texts
        if self._group is not None:
            self._group.tell_nothing()
        elsewhere: list[str] = []
        fields = {"name": self.name, "priority": self.priority, "target": self.targets.select}
        for field in fields.values():
            mark_wrong(field, False)
        for problem in problems:
            words = f"{problem.detail} {problem.hint or ''}".strip()
            place = problem.field or ""
            if place.startswith("when") and self._group is not None:
                self._group.tell(place.removeprefix("when").lstrip("."), words)
                continue
            if place in fields:
                mark_wrong(fields[place], True)
            elsewhere.append(words)
        self._wrong.setText(" ".join(elsewhere))
        self._wrong.setVisible(bool(elsewhere))
        self.save.setToolTip(texts("rule.save.not_yet") if problems else "")
        self._sound = not problems
        self._mark()

    def show_effect(self, effect: Effect) -> None:
        """Show what the rule would have done."""
        self.effect.show_effect(effect)

    def _show_when(self, when: Mapping[str, Any]) -> None:
        offer = Offer(self._look.texts, [name for name, _ in self._supply.models])
        group = GroupEditor(self._look, self._supply.kinds, offer, when)
        group.setObjectName("rule.when")
        group.edited.connect(self._touched)
        if self._group is not None:
            self._middle.replaceWidget(self._group, group)
            self._group.hide()
            self._group.setObjectName("")
            self._group.deleteLater()
        else:
            self._middle.insertWidget(self._when_at, group)
        self._group = group

    def _touched(self) -> None:
        self._mark()
        self._settle.start()

    def _mark(self) -> None:
        changed = self.is_changed
        self.save.setEnabled(changed and self._sound)
        self.discard.setEnabled(changed)
        self.more.setVisible(self._draft is not None and self._draft.id is not None)

    def _lay_out(self) -> None:
        texts = self._look.texts
        self._sound = True
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.name, 1)
        label = Label(texts("rule.priority"), Type.SMALL, "secondary")
        label.setBuddy(self.priority)
        head.addWidget(label)
        head.addWidget(self.priority)
        content = QWidget()
        content.setObjectName("scrolled")
        self._middle = QVBoxLayout(content)
        self._middle.setContentsMargins(0, 0, 8, 0)
        self._middle.setSpacing(10)
        self._middle.addLayout(head)
        self._middle.addWidget(self.description)
        self._middle.addWidget(Label(texts("rule.when"), Type.BODY_STRONG))
        self._when_at = self._middle.count()
        self._middle.addWidget(Label(texts("rule.then"), Type.BODY_STRONG))
        self._middle.addWidget(self.targets)
        self._middle.addWidget(self.thinking)
        self._middle.addWidget(self._wrong)
        self._middle.addWidget(hairline())
        self._middle.addWidget(self.effect)
        self._middle.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        self.body.addWidget(area, 1)
        self.body.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        texts = self._look.texts
        row = QHBoxLayout()
        row.setSpacing(8)
        self.more = Button(texts("rule.more"))
        self.more.setObjectName("rule.more")
        menu = QMenu(self.more)
        for what in ("duplicate", "history", "delete"):
            action = menu.addAction(texts(f"rule.{what}"))
            action.setObjectName(f"rule.{what}")
            action.triggered.connect(lambda _=False, what=what: self.asked.emit(what, self._draft))
        self.more.setMenu(menu)
        row.addWidget(self.more)
        row.addStretch(1)
        self.discard = Button(texts("rule.discard"))
        self.discard.setObjectName("rule.discard")
        self.discard.clicked.connect(self.discarded.emit)
        self.save = Button(texts("rule.save"), primary=True)
        self.save.setObjectName("rule.save")
        self.save.clicked.connect(lambda: self.save_asked.emit(self.draft))
        row.addWidget(self.discard)
        row.addWidget(self.save)
        return row
