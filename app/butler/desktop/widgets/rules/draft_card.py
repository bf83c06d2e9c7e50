"""One proposed rule: what it would be, why, how sure, and its examples, green or red."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.drafts import DraftRule, Sample
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.models.condition_words import words_of
from butler.desktop.widgets.badge import Badge, BadgeText, tint
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.field import TextField
from butler.desktop.widgets.label import Label

_SURE, _FAIRLY = 0.85, 0.7


class DraftCard(Card):
    """`chosen` says whether it is to be saved; `edit_asked` takes it into the editor."""

    changed = Signal()
    edit_asked = Signal(object)

    def __init__(self, look: Look, draft: DraftRule) -> None:
        super().__init__()
        self._look = look
        self._draft = draft
        texts = look.texts
        self.setObjectName("draft.card")
        self.body.setSpacing(6)
        self.chosen = QCheckBox()
        self.chosen.setObjectName("draft.chosen")
        self.chosen.setAccessibleName(texts("draft.take", name=draft.rule.name))
        self.chosen.setChecked(True)
        self.chosen.toggled.connect(lambda _: self.changed.emit())
        self.name = TextField(texts("rule.name"))
        self.name.setObjectName("draft.name")
        self.name.setText(draft.names.get(_language(look), draft.rule.name))
        edit = QuietButton(texts("draft.edit"))
        edit.setObjectName("draft.edit")
        edit.clicked.connect(lambda: self.edit_asked.emit(self.rule))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.chosen)
        head.addWidget(self.name, 1)
        head.addWidget(self._confidence())
        head.addWidget(edit)
        self.body.addLayout(head)
        self._tell(f"→ {' → '.join([draft.rule.target, *draft.rule.fallbacks])}", "")
        self._tell(words_of(texts, draft.rule.when), "secondary")
        if draft.why:
            self._tell(draft.why, "faint")
        for warning in draft.warnings:
            self._tell(f"{warning.detail} {warning.hint or ''}".strip(), "warn")
        for sample in draft.samples:
            self.body.addWidget(_SampleLine(look, sample))

    @property
    def rule(self) -> dict[str, Any]:
        """The rule as it would be saved."""
        body: dict[str, Any] = self._draft.rule.model_dump(mode="json")
        return {**body, "name": self.name.text().strip() or body["name"]}

    def _tell(self, words: str, tone: str) -> None:
        label = Label(words, Type.SMALL, tone)
        label.setWordWrap(True)
        self.body.addWidget(label)

    def _confidence(self) -> Badge:
        tokens, sure = self._look.tokens, self._draft.confidence
        colour = tokens.good if sure >= _SURE else tokens.warn if sure >= _FAIRLY else tokens.bad
        words = self._look.texts("draft.sure", percent=f"{sure:.0%}")
        return Badge(BadgeText(words, colour), tint(colour, tokens.panel))


class _SampleLine(QWidget):
    """An example prompt: what was expected of it, and what came of it."""

    def __init__(self, look: Look, sample: Sample) -> None:
        super().__init__()
        texts, tokens = look.texts, look.tokens
        passed = None if sample.holds is None else sample.holds is sample.expected
        colour = {True: tokens.good, False: tokens.bad, None: tokens.faint}[passed]
        sign = {True: "✓", False: "✗", None: "?"}[passed]
        wanted = texts("draft.sample.holds" if sample.expected else "draft.sample.not")
        badge = Badge(BadgeText(f"{sign} {wanted}", colour), tint(colour, tokens.panel))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        text = Label(f"“{sample.text}”", Type.SMALL)
        text.setWordWrap(True)
        words.addWidget(text)
        row.addLayout(words, 1)
        outcome = {True: "passed", False: "failed", None: "open"}[passed]
        self.setAccessibleName(texts(f"draft.sample.{outcome}", text=sample.text))
        self.setToolTip(sample.reason)


def _language(look: Look) -> Any:
    return look.texts.language
