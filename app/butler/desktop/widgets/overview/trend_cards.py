"""How a measure went, group by group: bars through time, and the shares of the whole beside."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.statistics import Statistics
from butler.desktop.desk import Desk
from butler.desktop.fonts import Type
from butler.desktop.models.spans import Span
from butler.desktop.models.trend import GROUPS, MEASURES, Measure, trend
from butler.desktop.widgets.charts.chart_card import ChartCard
from butler.desktop.widgets.charts.data import ChartData, Sheet, sheet_of_slots
from butler.desktop.widgets.charts.donut import Donut, sheet_of_shares
from butler.desktop.widgets.charts.stacked_bars import StackedBars
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.select import Select

_SHARES_WIDTH = 300


class TrendCards(QWidget):
    """`asked` tells that other figures are wanted: those grouped by `group`."""

    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        texts = desk.look.texts
        self._found: tuple[Statistics, Span] | None = None
        self._measure = Select(
            texts("trend.measure"), [(each, texts(f"measure.{each.name}")) for each in MEASURES]
        )
        self._measure.setObjectName("trend.measure")
        self._group = Select(
            texts("trend.group"), [(each, texts(f"group.{each}")) for each in GROUPS]
        )
        self._group.setObjectName("trend.group")
        self._donut = Donut(desk.look, texts("share.layer"))
        self.trend = ChartCard(desk, "trend", StackedBars(desk.look, ""), sheet_of_slots)
        self.trend.lead(
            self._measure, Label(texts("chart.by"), Type.BODY, "secondary"), self._group
        )
        self.shares = ChartCard(desk, "shares", self._donut, self._sheet, has_legend=True)
        self.shares.setFixedWidth(_SHARES_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.trend, 1)
        row.addWidget(self.shares)
        self._measure.picked.connect(self._draw)
        self._group.picked.connect(self.asked)

    @property
    def group(self) -> str:
        """By what figures are told apart."""
        return str(self._group.value)

    def show_trend(self, found: Statistics, span: Span) -> None:
        """Show what statistics say that were asked for by slot and `group`."""
        self._found = found, span
        self._draw()

    def _draw(self) -> None:
        if self._found is None:
            return
        texts, measure = self._desk.look.texts, self._chosen
        found, span = self._found
        data = trend(found, measure, span, self._desk.look)
        word = texts(f"measure.{measure.name}")
        title = texts("trend.title", measure=word, group=texts(f"group.{self.group}"))
        no_baseline = measure.name == "saved" and found.savings is None
        empty = texts("trend.no_baseline" if no_baseline else f"trend.none.{span.bucket}")
        self._donut.unit = texts(f"measure.{measure.name}.unit")
        self.trend.show_data(title, data, empty)
        self.shares.show_data(texts(f"share.{self.group}"), data, empty)

    @property
    def _chosen(self) -> Measure:
        chosen = self._measure.value
        return chosen if isinstance(chosen, Measure) else MEASURES[0]

    def _sheet(self, data: ChartData) -> Sheet:
        texts = self._desk.look.texts
        group = texts(f"group.{self.group}")
        measure, share = self._measure.currentText(), texts("chart.share")
        headings = (group[:1].upper() + group[1:], measure, share)
        return sheet_of_shares(data, headings)
