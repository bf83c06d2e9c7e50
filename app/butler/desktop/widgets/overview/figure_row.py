"""What a stretch of time came to, in four figures."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.statistics import Savings, Statistics
from butler.desktop.formats import DASH, number, usd_total
from butler.desktop.look import Look
from butler.desktop.models.spans import Span
from butler.desktop.widgets.figure_card import FigureCard

_MOST_TIMES = 10


class FigureRow(QWidget):
    """Requests, what they cost, what they would have cost more elsewhere, answers from cache."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        texts = look.texts
        self.requests = FigureCard(texts("figure.requests"))
        self.spent = FigureCard(texts("figure.spent"))
        self.saved = FigureCard(texts("figure.saved"))
        self.cached = FigureCard(texts("figure.cached"))
        self._cards = {
            "requests": self.requests,
            "spent": self.spent,
            "saved": self.saved,
            "cached": self.cached,
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for card in self._cards.values():
            card.show_figure(DASH, " ")
            row.addWidget(card, 1)

    def show_figures(self, found: Statistics, before: Statistics, span: Span) -> None:
        """Show what statistics of a span say, and what those of as long a time before say."""
        totals = found.totals
        long = self._look.texts(f"figures.span.{span.bucket}.long")
        for name, card in self._cards.items():
            what = self._look.texts(f"figure.{name}")
            card.set_caption(self._look.texts("figure.in", what=what, span=long))
        self.requests.show_figure(
            number(totals.requests), self._change(totals.requests, before.totals.requests)
        )
        self._show_spent(found)
        self._show_saved(found.savings)
        if found.cache_hit_rate is None:
            self.cached.show_figure(DASH, self._look.texts("figure.cached.none"))
        else:
            note = self._look.texts(
                "figure.cached.note", hits=number(totals.cache_hits), all=number(totals.requests)
            )
            self.cached.show_figure(f"{found.cache_hit_rate:.0%}", note)

    def _change(self, now: int, before: int) -> str:
        texts = self._look.texts
        if not before:
            return texts("figure.requests.first")
        if now == before:
            return texts("figure.requests.same")
        if now / before >= _MOST_TIMES:
            return texts("figure.requests.times", times=number(round(now / before)))
        sign = "▲" if now > before else "▼"
        share = f"{abs(now / before - 1):.0%}"
        return texts("figure.requests.change", change=f"{sign} {share}")

    def _show_spent(self, found: Statistics) -> None:
        totals, texts = found.totals, self._look.texts
        spent = usd_total(totals.cost_usd)
        if totals.unpriced:
            note = texts.count("figure.spent.unpriced", totals.unpriced)
            self.spent.show_figure(spent, note, "warn")
        else:
            self.spent.show_figure(spent, texts("figure.spent.note"))

    def _show_saved(self, savings: Savings | None) -> None:
        texts = self._look.texts
        if savings is None:
            self.saved.show_figure(DASH, texts("figure.saved.no_baseline"))
            self.saved.setToolTip(texts("figure.saved.no_baseline.why"))
            return
        saved = savings.saved_usd
        figure = f"-{usd_total(-saved)}" if saved < 0 else usd_total(saved)
        share = savings.covered_share_of_requests
        note = texts(
            "figure.saved.note",
            baseline=savings.baseline.rpartition("/")[2],
            share=DASH if share is None else f"{share:.0%}",
        )
        self.saved.show_figure(figure, note, "good" if saved > 0 else "secondary")
        why = texts(
            "figure.saved.method",
            baseline=savings.baseline,
            baseline_usd=usd_total(savings.baseline_usd),
            cost_usd=usd_total(savings.cost_usd),
            requests=number(savings.covered_requests),
        )
        self.saved.setToolTip(f"<p>{why}</p>")
