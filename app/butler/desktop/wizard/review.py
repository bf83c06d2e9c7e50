"""The last step: every rule with its why, before anything is stored."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.drafts import Draft
from butler.contract.resources import RuleIn
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.notice import Notice
from butler.desktop.widgets.switch import Switch
from butler.desktop.wizard.rule_card import RuleCard


class Review(QWidget):
    """`changed` when other rules would be stored."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._draft: Draft | None = None
        self.cards: list[RuleCard] = []
        self.setObjectName("wizard.review")
        texts = look.texts
        self._status = Label(texts("wizard.building"), Type.BODY, "secondary")
        self._status.setWordWrap(True)
        self._rules = QVBoxLayout()
        self._rules.setSpacing(10)
        self.keep = Switch(look, texts("wizard.keep"))
        self.keep.setObjectName("wizard.keep")
        self.keep.show_state(True)
        self.keep.asked.connect(self.keep.show_state)
        self._keeping = QWidget()
        row = QHBoxLayout(self._keeping)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(self.keep)
        row.addWidget(Label(texts("wizard.keep")))
        row.addWidget(Label(texts("wizard.keep.text"), Type.SMALL, "secondary"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._keeping)
        column.addLayout(self._rules)
        column.addWidget(self._status)
        column.addStretch(1)
        self.show_building()

    @property
    def rules(self) -> list[RuleIn]:
        """The rules that are not left out, as they would be stored."""
        return [rule for card in self.cards if (rule := card.rule) is not None]

    @property
    def default_target(self) -> str | None:
        """What answers everything else."""
        return self._draft.default_target if self._draft else None

    def show_building(self) -> None:
        """Say that the rules are being made."""
        self._clear()
        self._draft = None
        self._keeping.hide()
        self._status.setText(self._look.texts("wizard.building"))
        self.changed.emit()

    def show_draft(self, draft: Draft, targets: Sequence[str]) -> None:
        """Show what was built; `targets` are the models that a rule can be given instead."""
        self._clear()
        self._draft = draft
        for note in draft.notes:
            self._rules.addWidget(Notice(self._look, note.detail, note.hint or ""))
        for each in draft.rules:
            card = RuleCard(self._look, each, targets)
            card.changed.connect(self.changed.emit)
            self.cards.append(card)
            self._rules.addWidget(card)
        self._keeping.setVisible(bool(draft.rules))
        target = draft.default_target
        self._status.setText(self._look.texts("wizard.default", target=target) if target else "")
        self.changed.emit()

    def _clear(self) -> None:
        self.cards = []
        while (item := self._rules.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
