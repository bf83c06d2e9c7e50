"""What a rule would have done to the latest calls: how many, taken from whom, for how much."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from butler.contract.replay import Effect, EffectHit, Money
from butler.desktop.fonts import Type
from butler.desktop.formats import usd
from butler.desktop.layers import LAYERS
from butler.desktop.look import Look
from butler.desktop.models.cells import Cell, Side
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.widgets.button import QuietButton
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.table import Table

_ROWS_HEIGHT = 36 + 34 * 4
_CENT = Decimal("0.01")


class EffectView(QWidget):
    """`keep_asked` asks for the words of calls to be kept, `opened` carries a call's id."""

    keep_asked = Signal()
    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        texts = look.texts
        self._over = Label("", Type.SMALL, "secondary")
        head = QHBoxLayout()
        head.addWidget(Label(texts("rule.effect"), Type.BODY_STRONG), 1)
        head.addWidget(self._over)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(28)
        self._note = Label("", Type.SMALL, "secondary")
        self._note.setWordWrap(True)
        self._keep = QuietButton(texts("rule.effect.keep"))
        self._keep.setObjectName("rule.effect.keep")
        self._keep.clicked.connect(self.keep_asked.emit)
        note = QHBoxLayout()
        note.addWidget(self._note, 1)
        note.addWidget(self._keep)
        self._model = RowsModel[EffectHit](look, self._headings(), lambda hit: hit.id, self)
        self.table = Table(look, self._model, self._model.widths, texts("rule.effect.calls"))
        self.table.setFixedHeight(_ROWS_HEIGHT)
        self.table.opened.connect(lambda hit: self.opened.emit(hit.id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._figures)
        column.addLayout(note)
        column.addWidget(self.table)
        self.show_nothing("")

    def show_nothing(self, words: str) -> None:
        """Show no figures, and why."""
        self._clear()
        self._over.setText("")
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._keep.hide()
        self.table.hide()

    def show_effect(self, effect: Effect) -> None:
        """Show what it would have done."""
        texts = self._look.texts
        self._clear()
        self._over.setText(texts("rule.effect.over", calls=f"{effect.calls:,}"))
        self._add(f"{effect.matched:,}", texts("rule.effect.matched"))
        if effect.unknown:
            self._add(f"{effect.unknown:,}", texts("rule.effect.unknown"), tone="warn")
        for taken in effect.taken[:2]:
            by = taken.rule or texts.named("layer", taken.layer)
            self._add(f"{taken.calls:,}", texts("rule.effect.taken", by=by))
        self._add_money(effect.cost)
        needs_words = "words" in effect.needs
        self._note.setText(self._doubt(effect))
        self._note.setVisible(bool(self._note.text()))
        self._keep.setVisible(needs_words)
        self._model.show_rows(effect.hits)
        self.table.setVisible(bool(effect.hits))

    def _doubt(self, effect: Effect) -> str:
        texts = self._look.texts
        if not effect.calls:
            return texts("rule.effect.none")
        told = [texts(f"rule.effect.needs.{need}") for need in effect.needs]
        passed = effect.matched - effect.decided - effect.undecided
        if passed > 0:
            told.append(texts.count("rule.effect.passed", passed))
        return " ".join(told)

    def _add_money(self, money: Money) -> None:
        """Show the difference in dollars, by the day where that can be told."""
        texts = self._look.texts
        daily = money.per_day_usd is not None
        amount = money.per_day_usd if money.per_day_usd is not None else money.usd
        half = money.per_day_plus_minus_usd if daily else money.plus_minus_usd
        if not money.calls or abs(amount) < _CENT / 100:
            return
        tone = "good" if amount < 0 else "bad"
        sign = "−" if amount < 0 else "+"
        unit = texts("rule.effect.a_day" if daily else "rule.effect.in_all")
        margin = f" (± {usd(half)})" if half is not None else ""
        self._add(f"{sign}{usd(abs(amount))}", unit + margin, tone=tone)

    def _add(self, figure: str, words: str, tone: str = "") -> None:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(figure, Type.FIGURE, tone))
        column.addWidget(Label(words, Type.SMALL, "secondary"))
        part.setAccessibleName(f"{figure} {words}")
        at = max(0, self._figures.count() - 1)
        if self._figures.count() == 0:
            self._figures.addStretch(1)
        self._figures.insertWidget(at, part)

    def _clear(self) -> None:
        while (item := self._figures.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()

    def _headings(self) -> Sequence[Heading[EffectHit]]:
        texts, formats = self._look.texts, self._look.formats

        def when(hit: EffectHit) -> Cell:
            return Cell(formats.clock(hit.started_at, seconds=False), "secondary")

        def what(hit: EffectHit) -> Cell:
            shown = hit.text or hit.reason
            return Cell(f"“{shown}”" if hit.text else shown, tooltip=hit.reason)

        def before(hit: EffectHit) -> Cell:
            layer = texts.named("layer", hit.layer) if hit.layer in LAYERS else hit.layer
            return Cell(hit.rule or layer, "secondary", tooltip=hit.before or "")

        def score(hit: EffectHit) -> Cell:
            return Cell("" if hit.score is None else f"{hit.score:.2f}", "secondary")

        return [
            Heading[EffectHit](texts("rule.effect.when"), when, 118),
            Heading[EffectHit](texts("rule.effect.what"), what, 0),
            Heading[EffectHit](texts("rule.effect.before"), before, 130),
            Heading[EffectHit](texts("rule.effect.score"), score, 64, Side.RIGHT),
        ]
