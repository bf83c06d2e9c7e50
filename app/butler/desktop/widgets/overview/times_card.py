"""How long things took, layer by layer or model by model; and why first targets were left."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout

from butler.contract.statistics import FallbackReason, Group, Percentiles, Statistics
from butler.desktop.formats import number
from butler.desktop.look import Look
from butler.desktop.models.cells import Cell, Side
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.models.trend import group_name, in_order
from butler.desktop.widgets.badge import BadgeText
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.select import Select
from butler.desktop.widgets.table import Table

WHATS = ("overhead_ms", "ttft_ms", "duration_ms", "fallbacks")
"""What can be shown: how long calls took until something, or why they went elsewhere."""
_BYS = ("layer", "model")
_FIGURE_WIDTH = 84
_TIMES, _FALLBACKS, _NOTHING = range(3)


class TimesCard(Card):
    """`asked` tells that other figures are wanted: those grouped by `by`."""

    asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("times")
        self._look = look
        texts = look.texts
        self._found: Statistics | None = None
        self._what = Select(texts("times.what"), [(each, texts(f"times.{each}")) for each in WHATS])
        self._what.setObjectName("times.what")
        self._by = Select(texts("times.by"), [(each, texts(f"group.{each}")) for each in _BYS])
        self._by.setObjectName("times.by")
        self._by_word = Label(texts("chart.by"), tone="secondary")
        for part in (self._what, self._by_word, self._by):
            self.head.insertWidget(self.head.count() - 1, part)
        self.body.addLayout(self.head)
        self.rows = RowsModel(look, self._headings(), lambda group: str(group.key), self)
        self.reasons = RowsModel(look, self._reason_headings(), lambda each: each.reason, self)
        self._nothing = Label("", tone="secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._either = QStackedLayout()
        self._either.addWidget(Table(look, self.rows, self.rows.widths, texts("times.what")))
        self._either.addWidget(
            Table(look, self.reasons, self.reasons.widths, texts("times.fallbacks"))
        )
        self._either.addWidget(self._nothing)
        self.body.setSpacing(4)
        self.body.setContentsMargins(6, 12, 6, 6)
        self.head.setContentsMargins(8, 0, 10, 0)
        self.body.addLayout(self._either, 1)
        self._what.picked.connect(self._draw)
        self._by.picked.connect(self.asked)

    @property
    def by(self) -> str:
        """By what times are told apart."""
        return str(self._by.value)

    def show_times(self, found: Statistics) -> None:
        """Show what statistics say that were asked for by `by`."""
        self._found = found
        self._draw()

    def _draw(self) -> None:
        found, what = self._found, self._what.value
        by_reason = what == "fallbacks"
        self._by.setVisible(not by_reason)
        self._by_word.setVisible(not by_reason)
        if found is None:
            return
        if by_reason:
            self.reasons.show_rows(found.fallbacks)
            shown = _FALLBACKS if found.fallbacks else _NOTHING
        else:
            measured = [
                each for each in in_order(found.groups, found.group_by) if self._spread(each)
            ]
            self.rows.show_rows(measured)
            shown = _TIMES if measured else _NOTHING
        words = "times.none.fallbacks" if by_reason else "times.none"
        self._nothing.setText(self._look.texts(words))
        self._either.setCurrentIndex(shown)

    def _spread(self, group: Group) -> Percentiles | None:
        spread: Percentiles | None = getattr(group.spread, str(self._what.value), None)
        return spread

    def _headings(self) -> list[Heading[Group]]:
        texts = self._look.texts

        def figure(name: str) -> Heading[Group]:
            return Heading(
                name,
                lambda group: Cell(self._written(group, name)),
                _FIGURE_WIDTH,
                Side.RIGHT,
            )

        return [
            Heading(texts("times.who"), self._who, 0),
            Heading(
                texts("times.count"),
                lambda group: Cell(self._count(group)),
                _FIGURE_WIDTH,
                Side.RIGHT,
            ),
            *(figure(name) for name in ("p50", "p95", "p99")),
        ]

    def _reason_headings(self) -> list[Heading[FallbackReason]]:
        texts = self._look.texts
        return [
            Heading(
                texts("times.reason"), lambda each: Cell(texts.named("failure", each.reason)), 0
            ),
            Heading(
                texts("times.requests"),
                lambda each: Cell(number(each.requests)),
                _FIGURE_WIDTH + 16,
                Side.RIGHT,
            ),
        ]

    def _who(self, group: Group) -> Cell:
        by = self._found.group_by if self._found else None
        name = group_name(group.key, group.label, by, self._look)
        if by == "layer" and group.key:
            return Cell(name, badge=BadgeText(name, self._look.tokens.layer(group.key)))
        return Cell(name, tooltip=name)

    def _count(self, group: Group) -> str:
        spread = self._spread(group)
        return number(spread.count if spread else None)

    def _written(self, group: Group, name: str) -> str:
        spread = self._spread(group)
        return self._look.formats.duration(getattr(spread, name) if spread else None)
