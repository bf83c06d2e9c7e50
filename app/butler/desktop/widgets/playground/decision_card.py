"""What would happen to a request: who decides, where it goes, for how much, and the way there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from butler.contract.explanation import Explanation, PriceEstimate
from butler.contract.resources import TraceStep
from butler.desktop.fonts import Type
from butler.desktop.formats import DASH, usd
from butler.desktop.layers import LEVELS
from butler.desktop.look import Look
from butler.desktop.widgets.badge import Badge, BadgeText, tint
from butler.desktop.widgets.card import Card, hairline
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.trace_row import TraceRow

_MOST_CUES = 6


class DecisionCard(Card):
    """Shows one explanation, or nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._found: Explanation | None = None
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._scroll)
        look.theme.changed.connect(self._draw)

    @property
    def found(self) -> Explanation | None:
        """What is shown."""
        return self._found

    def show_explanation(self, found: Explanation) -> None:
        """Show what would happen."""
        self._found = found
        self._draw()

    def _draw(self) -> None:
        if self._found is None:
            return
        content = QWidget()
        content.setObjectName("scrolled")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._headline(self._found)
        self._figures(self._found)
        self._remarks(self._found)
        self._chain(self._found.trace)
        self._column.addStretch(1)
        self._scroll.setWidget(content)

    def _headline(self, found: Explanation) -> None:
        texts, tokens = self._look.texts, self._look.tokens
        row = QHBoxLayout()
        row.setSpacing(8)
        if found.layer is not None:
            colour = tokens.layer(found.layer)
            words = texts.named("layer", found.layer)
            badge = Badge(BadgeText(words, colour), tint(colour, tokens.panel))
            badge.setToolTip(LEVELS.get(found.layer, ""))
            row.addWidget(badge)
        row.addWidget(Label(found.target or texts("playground.nobody"), Type.TITLE), 1)
        row.addWidget(Label(f"{found.ms:.1f} ms", Type.CODE, "secondary"))
        self._column.addLayout(row)
        if found.reason:
            self._say(found.reason, "secondary")
        if found.fallbacks:
            self._say(texts("rule.then_others", others=", ".join(found.fallbacks)), "secondary")

    def _figures(self, found: Explanation) -> None:
        texts, other = self._look.texts, found.runner_up
        row = QHBoxLayout()
        row.setSpacing(28)
        task = texts.named("task", found.task or "general")
        sure = f"{found.task_confidence or 0:.0%}"
        row.addWidget(_figure(task, texts("playground.task", sure=sure)))
        row.addWidget(_figure(*self._price(found.price)))
        if other is not None:
            amount, words = self._price(other.price)
            told = texts("playground.runner_up", target=other.target)
            part = _figure(amount, told, tone="secondary")
            by = other.rule or texts.named("layer", other.layer)
            part.setToolTip(f"{by}: {other.reason}\n{words}")
            row.addWidget(part)
        row.addStretch(1)
        self._column.addLayout(row)

    def _price(self, price: PriceEstimate | None) -> tuple[str, str]:
        texts = self._look.texts
        if price is None or price.usd is None:
            return DASH, texts("playground.unpriced")
        tokens = texts(
            "playground.price",
            given=f"{price.input_tokens:,}",
            written=f"{price.output_tokens:,}",
        )
        return usd(price.usd), tokens

    def _remarks(self, found: Explanation) -> None:
        texts, tokens = self._look.texts, self._look.tokens
        if found.cues:
            row = QHBoxLayout()
            row.setSpacing(6)
            for cue in found.cues[:_MOST_CUES]:
                colour = tokens.layer("rules")
                row.addWidget(Badge(BadgeText(cue[:40], colour), tint(colour, tokens.panel)))
            row.addStretch(1)
            self._column.addLayout(row)
        if found.thinking is not None:
            mode = f"{found.thinking.mode} {found.thinking.budget_tokens or ''}".strip()
            by = texts(f"playground.thinking.{found.thinking.source}")
            self._say(texts("playground.thinking", mode=mode, by=by), "secondary")
        for refused in found.refused:
            self._say(f"{refused.target}: {refused.reason}", "warn")
        for warning in found.warnings:
            self._say(warning, "warn")

    def _chain(self, steps: Sequence[TraceStep]) -> None:
        texts, tokens = self._look.texts, self._look.tokens
        self._column.addWidget(hairline())
        self._column.addWidget(Label(texts("playground.chain"), Type.BODY_STRONG))
        for step in steps:
            decided = step.outcome == "decided"
            row = TraceRow(
                self._look,
                BadgeText(texts.named("layer", step.layer), tokens.layer(step.layer)),
                step.rule if decided and step.rule else texts.named("outcome", step.outcome),
                self._look.formats.duration(step.ms),
                strong=decided,
            )
            row.add_reason(_with_score(step), step.words)
            self._column.addWidget(row)
            self._column.addWidget(hairline())

    def _say(self, words: str, tone: str) -> None:
        label = Label(words, Type.SMALL, tone)
        label.setWordWrap(True)
        self._column.addWidget(label)


def _with_score(step: TraceStep) -> str:
    """Return why, with the score where the words do not tell it."""
    score = "" if step.score is None else f"{step.score:.2f}"
    return step.reason if score in step.reason else f"{step.reason} ({score})".strip()


def _figure(figure: str, words: str, tone: str = "") -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Label(figure, Type.FIGURE, tone))
    column.addWidget(Label(words, Type.SMALL, "secondary"))
    part.setAccessibleName(f"{figure} {words}")
    return part
