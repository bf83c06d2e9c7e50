"""The time machine: what a draft would have changed in past calls, before it is saved."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import JsonValue
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from butler.contract.problems import Problem
from butler.contract.replay import Move, MovedCall, Replayed, ReplayLine
from butler.contract.resources import Model, Rule, Setting
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.fonts import Type
from butler.desktop.formats import usd
from butler.desktop.layers import LAYERS
from butler.desktop.models.cells import Cell, Side
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.models.rule_draft import written
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.empty_state import EmptyState
from butler.desktop.widgets.field import NumberField
from butler.desktop.widgets.figure_card import FigureCard
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.rules.replay_rules import ReplayRules
from butler.desktop.widgets.select import Select
from butler.desktop.widgets.table import Table

_LEFT_WIDTH = 404
_FIELD_WIDTH, _LEAST_FIELD_WIDTH = 190, 96
_NARROW, _NARROW_LEFT_WIDTH = 960, 300
_BY, _MOVED_FROM = 2, 2
"""Columns that give way in narrow windows: what they say is in tooltips, too."""
_SPANS = (500, 2_000, 10_000)
_USUAL_CALLS = 2_000
THRESHOLDS = ("semantic.least_percent", "cache.semantic_similarity_percent")


class TimeMachine(QWidget):
    """Rules on or off, thresholds and the default model form the draft; nothing is stored."""

    opened = Signal(str)
    """The id of a call to explain."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._texts = texts = desk.look.texts
        self._task: asyncio.Task[None] | None = None
        self.rules = ReplayRules(desk.look)
        self.default = Select(texts("replay.default"))
        self.default.setObjectName("replay.default")
        self.fields = {key: NumberField(texts.named("setting", key)) for key in THRESHOLDS}
        self.calls = Select(
            texts("replay.calls"), [(n, texts("replay.last", calls=f"{n:,}")) for n in _SPANS]
        )
        self.calls.setObjectName("replay.calls")
        self.calls.show_value(_USUAL_CALLS)
        self.run = Button(texts("replay.run"), primary=True)
        self.run.setObjectName("replay.run")
        self.run.clicked.connect(self._run)
        self.stop = Button(texts("dialog.cancel"))
        self.stop.setObjectName("replay.stop")
        self.stop.clicked.connect(self._stop)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(texts("replay.progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self._said = Label("", Type.SMALL, "secondary")
        self._said.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)
        self._busy(on=False)

    def refresh(self) -> None:
        """Ask the engine for what a draft can differ in."""
        self._desk.engine.run("replay", self._read)

    @property
    def draft(self) -> dict[str, Any]:
        """What differs from what is in force, as the API takes it."""
        settings = {
            key: field.number
            for key, field in self.fields.items()
            if field.number is not None and field.number != self._settings.get(key)
        }
        draft: dict[str, Any] = {"settings": settings, "calls": self.calls.value}
        if self.rules.changed:
            draft["rules"] = self.rules.rules
        if self.default.value is not None:
            draft["default_target"] = self.default.value
        return draft

    async def _read(self, client: EngineClient) -> None:
        rules = [rule for rule in await client.listed("rules", Rule) if not rule.built_in]
        models = [model for model in await client.listed("models", Model) if model.enabled]
        settings = await client.listed("settings", Setting)
        values = {setting.key: setting.value for setting in settings}
        self._settings = {key: values.get(key) for key in THRESHOLDS}
        self.rules.offer([{**written(rule), "id": rule.id} for rule in rules], models)
        same: tuple[object, str] = (None, self._texts("replay.as_it_is"))
        self.default.offer([same, *((model.target, model.target) for model in models)])
        for key, field in self.fields.items():
            if field.number is None:
                value = values.get(key)
                field.show_number(value if isinstance(value, int) else None)

    def _left(self) -> QWidget:
        texts = self._texts
        self._side = card = Card()
        card.setFixedWidth(_LEFT_WIDTH)
        card.body.addWidget(Label(texts("replay.draft"), Type.BODY_STRONG))
        card.body.addWidget(self.rules, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        rows: list[tuple[str, QWidget]] = [(texts("replay.default"), self.default)]
        for key, field in self.fields.items():
            field.setObjectName(f"replay.{key}")
            rows.append((texts(f"replay.threshold.{key}"), field))
        rows.append((texts("replay.calls"), self.calls))
        for at, (words, part) in enumerate(rows):
            part.setMaximumWidth(_FIELD_WIDTH)
            part.setMinimumWidth(_LEAST_FIELD_WIDTH)
            label = Label(words, Type.SMALL, "secondary")
            label.setWordWrap(True)
            label.setBuddy(part)
            grid.addWidget(label, at, 0)
            grid.addWidget(part, at, 1)
        card.body.addLayout(grid)
        card.body.addWidget(self.bar)
        card.body.addWidget(self._said)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.run)
        card.body.addLayout(buttons)
        return card

    def _right(self) -> QWidget:
        look, texts = self._desk.look, self._texts
        self._empty = EmptyState(texts("replay.empty"), texts("replay.empty.what"))
        self._figures = {
            name: FigureCard(texts(f"replay.{name}"))
            for name in ("changed", "cost", "latency", "unknown")
        }
        self._cards = figures = QGridLayout()
        figures.setSpacing(12)
        self._place_figures(len(self._figures))
        self._moves = RowsModel[Move](look, self._move_headings(), _way, self)
        self._moved = RowsModel[MovedCall](look, self._call_headings(), lambda call: call.id, self)
        self.moves = Table(look, self._moves, self._moves.widths, texts("replay.moves"))
        self.moves.setObjectName("replay.moves")
        self.moved = Table(look, self._moved, self._moved.widths, texts("replay.moved"))
        self.moved.setObjectName("replay.moved")
        self.moved.opened.connect(lambda call: self.opened.emit(call.id))
        self._result = QWidget()
        column = QVBoxLayout(self._result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(figures)
        for title, table, share in (("moves", self.moves, 2), ("moved", self.moved, 3)):
            card = Card(texts(f"replay.{title}"))
            card.body.setContentsMargins(6, 12, 6, 6)
            card.head.setContentsMargins(10, 0, 10, 0)
            card.body.addWidget(table)
            column.addWidget(card, share)
        right = QWidget()
        both = QVBoxLayout(right)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self._empty, 1)
        both.addWidget(self._result, 1)
        self._result.hide()
        return right

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < _NARROW
        self._side.setFixedWidth(_NARROW_LEFT_WIDTH if narrow else _LEFT_WIDTH)
        self._place_figures(2 if narrow else len(self._figures))
        self.moves.setColumnHidden(_BY, narrow)
        self.moved.setColumnHidden(_MOVED_FROM, narrow)
        super().resizeEvent(event)

    def _place_figures(self, columns: int) -> None:
        for at, card in enumerate(self._figures.values()):
            self._cards.addWidget(card, at // columns, at % columns)
        for column in range(len(self._figures)):
            self._cards.setColumnStretch(column, 1 if column < columns else 0)

    def _run(self) -> None:
        body: dict[str, JsonValue] = self.draft

        async def work(client: EngineClient) -> None:
            async for line in client.lines("POST", "replay", ReplayLine, body):
                self.bar.setRange(0, max(1, line.of))
                self.bar.setValue(line.done)
                self._said.setText(
                    self._texts("replay.done_of", done=f"{line.done:,}", of=f"{line.of:,}")
                )
                if line.replayed is not None:
                    self._show(line.replayed)

        self._busy(on=True)
        self._task = self._desk.engine.run("replay draft", work, self._refused)
        self._task.add_done_callback(lambda _: self._busy(on=False))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _busy(self, *, on: bool) -> None:
        self.run.setEnabled(not on)
        self.stop.setVisible(on)
        self.bar.setVisible(on)
        self._said.set_tone("secondary")

    def _refused(self, problems: Sequence[Problem]) -> None:
        told = (f"{each.detail} {each.hint or ''}".strip() for each in problems)
        self._said.setText(" ".join(told))
        self._said.set_tone("bad")

    def _show(self, found: Replayed) -> None:
        texts = self._texts
        self._empty.hide()
        self._result.show()
        changed = self._figures["changed"]
        changed.show_figure(f"{found.changed:,}", texts("replay.of", calls=f"{found.calls:,}"))
        self._show_cost(found)
        self._show_latency(found)
        needs = " ".join(texts(f"rule.effect.needs.{need}") for need in found.needs)
        self._figures["unknown"].show_figure(
            f"{found.unknown:,}", needs or texts("replay.all_known")
        )
        self._figures["unknown"].setToolTip(needs)
        self._moves.show_rows(found.moves)
        self._moved.show_rows(found.moved)

    def _show_cost(self, found: Replayed) -> None:
        texts, cost = self._texts, found.cost
        daily = cost.per_day_usd is not None
        amount = cost.per_day_usd if cost.per_day_usd is not None else cost.usd
        half = cost.per_day_plus_minus_usd if daily else cost.plus_minus_usd
        unit = texts("rule.effect.a_day" if daily else "rule.effect.in_all")
        margin = f" (± {usd(half)})" if half is not None else ""
        self._figures["cost"].show_figure(_signed(amount), unit + margin)

    def _show_latency(self, found: Replayed) -> None:
        texts, latency = self._texts, found.latency
        if latency.ms is None:
            self._figures["latency"].show_figure("–", texts("replay.latency.unknown"))
            return
        sign = "−" if latency.ms < 0 else "+"
        formats = self._desk.look.formats
        margin = formats.duration(latency.plus_minus_ms)
        self._figures["latency"].show_figure(
            f"{sign}{formats.duration(abs(latency.ms))}",
            texts("replay.latency.each", margin=margin),
        )

    def _move_headings(self) -> list[Heading[Move]]:
        texts = self._texts

        def by(words: str) -> str:
            return texts.named("layer", words) if words in LAYERS else words

        return [
            Heading[Move](
                texts("replay.from"),
                lambda move: Cell(move.source or "–", tooltip=by(move.source_by)),
                0,
            ),
            Heading[Move](
                texts("replay.to"),
                lambda move: Cell(move.target or "–", tooltip=by(move.target_by)),
                0,
            ),
            Heading[Move](
                texts("replay.by"), lambda move: Cell(by(move.target_by), "secondary"), 130
            ),
            Heading[Move](
                texts("replay.count"), lambda move: Cell(f"{move.calls:,}"), 70, Side.RIGHT
            ),
            Heading[Move](
                texts("replay.cost"),
                lambda move: Cell("–" if move.usd is None else _signed(move.usd)),
                100,
                Side.RIGHT,
            ),
        ]

    def _call_headings(self) -> list[Heading[MovedCall]]:
        texts, formats = self._texts, self._desk.look.formats

        def what(call: MovedCall) -> Cell:
            task = texts.named("task", call.task) if call.task else "–"
            return Cell(f"“{call.text}”" if call.text else task, tooltip=call.text or task)

        def cost(call: MovedCall) -> Cell:
            if call.before_usd is None or call.after_usd is None:
                return Cell("–")
            return Cell(_signed(call.after_usd - call.before_usd))

        return [
            Heading[MovedCall](
                texts("replay.when"),
                lambda call: Cell(formats.clock(call.started_at, seconds=False), "secondary"),
                118,
            ),
            Heading[MovedCall](texts("replay.what"), what, 0),
            Heading[MovedCall](texts("replay.from"), lambda call: Cell(call.source or "–"), 160),
            Heading[MovedCall](
                texts("replay.to"),
                lambda call: Cell(call.target or "–", tooltip=call.source or ""),
                160,
            ),
            Heading[MovedCall](texts("replay.cost"), cost, 100, Side.RIGHT),
        ]


def _way(move: Move) -> str:
    return f"{move.source}>{move.target}>{move.source_by}>{move.target_by}"


def _signed(amount: Decimal) -> str:
    if not amount:
        return usd(amount)
    return f"{'−' if amount < 0 else '+'}{usd(abs(amount))}"
