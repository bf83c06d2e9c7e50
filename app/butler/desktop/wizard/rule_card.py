"""One proposed rule in the review: taken or left out, its model, why, and its examples."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.drafts import DraftRule, Sample
from butler.contract.resources import RuleIn
from butler.desktop.fonts import Type
from butler.desktop.look import Look
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.label import ElidedLabel, Label
from butler.desktop.widgets.select import Select
from butler.desktop.widgets.switch import Switch

_SELECT_WIDTH = 240
_SAMPLE_CHARS = 160
"""An example may be a long document; its beginning tells."""


class RuleCard(Card):
    """`changed` when the rule is left out or taken again, or has another model."""

    changed = Signal()

    def __init__(self, look: Look, draft: DraftRule, targets: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self._draft = draft
        self._target = draft.rule.target
        name = draft.rule.name
        texts = look.texts
        self.setObjectName(f"wizard.rule.{name}")
        self.body.setSpacing(8)
        self.switch = Switch(look, texts("wizard.use", name=name))
        self.switch.setObjectName(f"wizard.use.{name}")
        self.switch.show_state(True)
        self.switch.asked.connect(self._take)
        offered = [*dict.fromkeys((draft.rule.target, *self._offered(targets)))]
        self.select = Select(texts("wizard.target", name=name), [(it, it) for it in offered])
        self.select.setObjectName(f"wizard.target.{name}")
        self.select.setFixedWidth(_SELECT_WIDTH)
        self.select.picked.connect(lambda target: self._retarget(str(target)))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.switch)
        head.addWidget(ElidedLabel(name, Type.BODY_STRONG), 1)
        head.addWidget(self.select)
        self.body.addLayout(head)
        self._then = ElidedLabel("", Type.SMALL, "faint")
        self._why = Label("", Type.SMALL, "secondary")
        self._why.setWordWrap(True)
        self.body.addWidget(self._why)
        self.body.addWidget(self._then)
        self.body.addWidget(_Examples(look, name, draft.samples))
        self._draw()

    @property
    def rule(self) -> RuleIn | None:
        """The rule as it would be stored; None where it is left out."""
        if not self.switch.isChecked():
            return None
        rule = self._draft.rule
        return rule.model_copy(
            update={
                "target": self._target,
                "fallbacks": self._fallbacks(),
                "description": rule.description.replace(rule.target, self._target),
            }
        )

    def _offered(self, targets: Sequence[str]) -> Sequence[str]:
        """Return the models to choose from: what keeps secrets here leads nowhere else."""
        members = self._draft.rule.when.get("all")
        is_private = isinstance(members, list) and {"kind": "contains_secrets"} in members
        return self._draft.rule.fallbacks if is_private else targets

    def _fallbacks(self) -> list[str]:
        return [name for name in self._draft.rule.fallbacks if name != self._target]

    def _take(self, on: bool) -> None:
        self.switch.show_state(on)
        self._draw()
        self.changed.emit()

    def _retarget(self, target: str) -> None:
        self._target = target
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        texts, taken = self._look.texts, self.switch.isChecked()
        before = self._draft.rule.target
        changed = texts("wizard.changed", target=self._target, before=before)
        self._why.setText(self._draft.why if self._target == before else changed)
        names = self._fallbacks()
        # As proposed, the reason names the stand-ins already.
        self._then.setVisible(bool(names) and taken and self._target != before)
        self._then.setText(texts("wizard.then", names=" → ".join(names)))
        self._why.setVisible(taken)
        self.select.setEnabled(taken)


class _Examples(QWidget):
    """A line that says how the examples did, and opens to show them."""

    def __init__(self, look: Look, name: str, samples: Sequence[Sample]) -> None:
        super().__init__()
        texts = look.texts
        self._lines = QWidget()
        lines = QVBoxLayout(self._lines)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        for sample in samples:
            lines.addWidget(_line(look, sample))
        self._lines.hide()
        tried = [each for each in samples if each.holds is not None]
        good = all(each.holds is each.expected for each in tried)
        self.open = QuietButton(texts("wizard.examples"))
        self.open.setObjectName(f"wizard.examples.{name}")
        self.open.setAutoDefault(False)
        self.open.clicked.connect(lambda: self._lines.setVisible(self._lines.isHidden()))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        if tried:
            words = texts("wizard.examples.good" if good else "wizard.examples.bad")
            sign = "✓" if good else "✗"
            head.addWidget(
                ElidedLabel(f"{sign}  {words}", Type.SMALL, "good" if good else "bad"), 1
            )
        else:
            head.addStretch(1)
        head.addWidget(self.open, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._lines)
        self.setVisible(bool(samples))


def _line(look: Look, sample: Sample) -> Label:
    texts = look.texts
    how = texts("wizard.sample.yes" if sample.expected else "wizard.sample.no")
    tone, sign = "faint", "·"
    if sample.holds is not None:
        as_expected = sample.holds is sample.expected
        tone, sign = ("good", "✓") if as_expected else ("bad", "✗")
        how = how if as_expected else texts("wizard.sample.surprising", how=how)
    told = " ".join(sample.text[: 2 * _SAMPLE_CHARS].split())
    told = told if len(told) <= _SAMPLE_CHARS else told[: _SAMPLE_CHARS - 1] + "…"
    line = Label(f"{sign}  {how} “{told}”", Type.SMALL, tone)
    line.setWordWrap(True)
    line.setToolTip(sample.reason)
    return line
