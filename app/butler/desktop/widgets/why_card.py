"""Why this model? The trace of one call, step by step, then its attempts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from butler.contract.resources import AttemptRow, CallRow, TraceStep
from butler.desktop.formats import DASH
from butler.desktop.layers import step_reason
from butler.desktop.look import Look
from butler.desktop.widgets.badge import BadgeText
from butler.desktop.widgets.card import Card, hairline
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.trace_row import TraceRow


class WhyCard(Card):
    """Empty until it is given a call."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.texts("why.nothing"), parent)
        self._look = look
        self._call: CallRow | None = None
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setSpacing(4)
        self.body.addWidget(self._scroll, 1)
        look.theme.changed.connect(self._draw)
        self._draw()

    def explain(self, call: CallRow | None) -> None:
        """Show why this call was answered by whom it was."""
        if call != self._call:
            self._call = call
            self._draw()

    def _draw(self) -> None:
        call, texts = self._call, self._look.texts
        steps = QWidget()
        steps.setObjectName("scrolled")
        column = QVBoxLayout(steps)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        if call is None:
            self.title.setText(texts("why.nothing"))
            hint = Label(texts("why.hint"), tone="secondary")
            hint.setWordWrap(True)
            column.addWidget(hint)
        else:
            asked = call.target or call.requested_model or DASH
            self.title.setText(texts("why.title", target=asked))
            for row in self._rows(call):
                column.addWidget(row)
                column.addWidget(hairline())
        column.addStretch(1)
        self._scroll.setWidget(steps)

    def _rows(self, call: CallRow) -> list[TraceRow]:
        rows = [self._step(step, call) for step in call.trace]
        rows += [self._attempt(number, each) for number, each in enumerate(call.attempts, 1)]
        if call.error and not any(attempt.error == call.error for attempt in call.attempts):
            rows.append(self._error(call))
        return rows

    def _step(self, step: TraceStep, call: CallRow) -> TraceRow:
        texts = self._look.texts
        decided = step.outcome == "decided"
        headline = texts.named("outcome", step.outcome)
        if decided:
            who = step.rule or texts.named("layer", step.layer)
            headline = texts("trace.decided", who=who, target=call.target or DASH)
        row = TraceRow(
            self._look,
            BadgeText(texts.named("layer", step.layer), self._look.tokens.layer(step.layer)),
            headline,
            self._look.formats.duration(step.ms),
            strong=decided,
        )
        row.add_reason(_with_score(step), step.words)
        return row

    def _attempt(self, number: int, attempt: AttemptRow) -> TraceRow:
        texts, tokens = self._look.texts, self._look.tokens
        failed = attempt.outcome == "failed"
        what = texts.named("failure", attempt.failure or "") if failed else ""
        parts = [str(attempt.status or ""), what] if failed else []
        note = ", ".join(part for part in parts if part)
        headline = texts(f"attempt.{attempt.outcome}", target=attempt.target)
        row = TraceRow(
            self._look,
            BadgeText(
                texts("attempt.number", number=number), tokens.bad if failed else tokens.good
            ),
            f"{headline}: {note}" if note else headline,
            self._look.formats.duration(attempt.ms),
            strong=attempt.outcome == "answered",
        )
        row.add_reason(attempt.error or "")
        return row

    def _error(self, call: CallRow) -> TraceRow:
        badge = BadgeText(str(call.status), self._look.tokens.bad)
        duration = self._look.formats.duration(call.duration_ms)
        return TraceRow(self._look, badge, call.error or "", duration, strong=False)


def _with_score(step: TraceStep) -> str:
    why = step_reason(step)
    if step.score is None:
        return why
    return f"{why} ({step.score:.2f})" if why else f"{step.score:.2f}"
