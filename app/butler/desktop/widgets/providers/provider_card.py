"""What is known of one provider: its address, its models and how they are, and what can be done."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from butler.contract.health import Breaker, TargetHealth
from butler.contract.resources import Model, Provider
from butler.desktop.fonts import Type
from butler.desktop.formats import DASH
from butler.desktop.look import Look
from butler.desktop.models.cells import Cell, Side
from butler.desktop.models.rows import Heading, RowsModel
from butler.desktop.widgets.badge import BadgeText
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.card import Card
from butler.desktop.widgets.label import Label
from butler.desktop.widgets.switch import Switch
from butler.desktop.widgets.table import Table

_ACTIONS = ("test", "models", "key", "reveal", "rename", "remove")


class ProviderCard(Card):
    """`asked` carries what is wanted and of which provider; `reset_asked` a target."""

    asked = Signal(str, object)
    enabled_asked = Signal(object, bool)
    reset_asked = Signal(str)
    model_asked = Signal(object)
    """The model that was double-clicked or entered."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._look = look
        self._provider: Provider | None = None
        self._health: Mapping[str, TargetHealth] = {}
        self.switch = Switch(look, look.texts("provider.enabled"))
        self.switch.setObjectName("provider.enabled")
        self.switch.asked.connect(lambda on: self.enabled_asked.emit(self._provider, on))
        self.head.addWidget(self.switch)
        self._facts = Label("", Type.SMALL, "secondary")
        self._facts.setWordWrap(True)
        self.body.addWidget(self._facts)
        self._model = RowsModel[Model](look, self._headings(), lambda model: model.id, self)
        table = Table(look, self._model, self._model.widths, look.texts("models.title"))
        table.opened.connect(self.model_asked)
        self.body.addWidget(table, 1)
        self.said = Label("", tone="secondary")
        self.said.setWordWrap(True)
        self.body.addWidget(self.said)
        self.reset = Button(look.texts("provider.reset"))
        self.reset.setObjectName("provider.reset")
        self.reset.clicked.connect(self._reset)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reset)
        self._buttons = {name: self._button(name) for name in _ACTIONS}
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_provider(
        self, provider: Provider | None, health: Mapping[str, TargetHealth] | None = None
    ) -> None:
        """Show a provider and how its targets are; None for nothing."""
        self._provider = provider
        self._health = self._health if health is None else health
        self.setVisible(provider is not None)
        if provider is None:
            return
        texts = self._look.texts
        self.title.setText(provider.name)
        self.switch.show_state(provider.enabled, usable=not provider.built_in)
        key = texts("provider.has_key" if provider.has_key else "provider.no_key")
        self._facts.setText(" · ".join((provider.title, provider.base_url or DASH, key)))
        self._model.show_rows(provider.models)
        for button in self._buttons.values():
            button.setEnabled(not provider.built_in)
        self._buttons["reveal"].setVisible(provider.has_key and not provider.built_in)
        self._show_breakers()

    def _show_breakers(self) -> None:
        broken = self._broken()
        self.reset.setVisible(bool(broken))
        told = [
            self._look.texts("provider.broken", target=each.target, reason=each.reason)
            for each in broken
        ]
        self.tell("\n".join(told), "warn")

    def tell(self, words: str, tone: str) -> None:
        """Say what came of a trial."""
        self.said.set_tone(tone)
        self.said.setText(words)

    def _broken(self) -> list[Breaker]:
        models = self._provider.models if self._provider else []
        known = (self._health.get(model.target) for model in models)
        return [each.breaker for each in known if each is not None and each.breaker is not None]

    def _reset(self) -> None:
        for each in self._broken():
            self.reset_asked.emit(each.target)

    def _headings(self) -> list[Heading[Model]]:
        texts, formats = self._look.texts, self._look.formats

        def state(model: Model) -> Cell:
            tokens, known = self._look.tokens, self._health.get(model.target)
            if not model.enabled:
                return Cell("", badge=BadgeText(texts("health.off"), tokens.faint))
            if known is None or (known.failure_rate is None and known.breaker is None):
                return Cell(DASH, "faint", tooltip=texts("health.unknown"))
            if known.breaker is not None:
                words = BadgeText(texts("health.broken"), tokens.bad)
                return Cell("", badge=words, tooltip=known.breaker.reason)
            return Cell("", badge=BadgeText(texts("health.well"), tokens.good))

        def context(model: Model) -> Cell:
            return Cell(DASH if model.context_tokens is None else f"{model.context_tokens:,}")

        def price(model: Model) -> Cell:
            found = model.prices
            if found is None or found.input_usd is None or found.output_usd is None:
                return Cell(DASH, "faint", tooltip=texts("models.unpriced"))
            return Cell(f"{found.input_usd.normalize():f} / {found.output_usd.normalize():f}")

        def quick(model: Model) -> Cell:
            known = self._health.get(model.target)
            return Cell(formats.duration(known.p50_ttft_ms if known else None))

        def name(model: Model) -> Cell:
            words = f"{model.name}  ({model.alias})" if model.alias else model.name
            return Cell(words, tooltip=model.target)

        return [
            Heading[Model](texts("models.name"), name, 0),
            Heading[Model](texts("models.context.short"), context, 92, Side.RIGHT),
            Heading[Model](texts("models.price.short"), price, 110, Side.RIGHT),
            Heading[Model](texts("models.quick"), quick, 92, Side.RIGHT),
            Heading[Model](texts("models.state"), state, 92, Side.CENTRE),
        ]

    def _button(self, name: str) -> Button:
        button = Button(self._look.texts(f"provider.{name}.button"))
        button.setObjectName(f"provider.{name}")
        button.clicked.connect(lambda: self.asked.emit(name, self._provider))
        return button
