"""What all rules together came to, in four figures."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.desktop.formats import DASH, number, usd_total
from butler.desktop.look import Look
from butler.desktop.models.rule_hits import HitReport
from butler.desktop.widgets.figure_card import FigureCard
from butler.desktop.widgets.rules.hit_columns import percent, signed_usd


class HitFigures(QWidget):
    """Hits, what they cost, rules without hits, rules that are of no use."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._texts = texts = look.texts
        self.hits = FigureCard(texts("rules.hits.figure.hits"))
        self.cost = FigureCard(texts("rules.hits.figure.cost"))
        self.unused = FigureCard(texts("rules.hits.figure.unused"))
        self.dead = FigureCard(texts("rules.hits.figure.dead"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for card in (self.hits, self.cost, self.unused, self.dead):
            card.show_figure(DASH, " ")
            row.addWidget(card, 1)
        self.dead.setToolTip(f"<p>{texts('rules.hits.figure.dead.why')}</p>")

    def show_report(self, report: HitReport) -> None:
        """Show the figures of a period."""
        texts = self._texts
        share = percent(report.hits / report.routed if report.routed else None)
        self.hits.show_figure(
            number(report.hits),
            texts("rules.hits.figure.hits.note", share=share, all=number(report.routed))
            if report.routed
            else texts("rules.hits.figure.hits.none"),
        )
        self._show_cost(report)
        off = texts.count("rules.hits.figure.off", report.off) if report.off else ""
        self.unused.show_figure(number(report.unused), off or texts("rules.hits.figure.all_on"))
        self.dead.show_figure(
            number(report.dead),
            texts("rules.hits.figure.dead.some" if report.dead else "rules.hits.figure.dead.none"),
            "warn" if report.dead else "secondary",
        )

    def _show_cost(self, report: HitReport) -> None:
        texts, saved = self._texts, report.saved_usd
        if saved is None:
            note, tone = texts("rules.hits.figure.no_baseline"), "secondary"
        else:
            note = texts("rules.hits.figure.saved", saved=signed_usd(saved))
            tone = "good" if saved > 0 else "secondary"
        self.cost.show_figure(usd_total(report.cost_usd), note, tone)
