"""What one call took: tokens and their origin, cost, and time."""

from PySide6.QtWidgets import QWidget

from butler.contract.resources import CallRow
from butler.desktop.formats import DASH, number, usd
from butler.desktop.look import Look
from butler.desktop.widgets.facts_card import FactsCard


class CallFacts(FactsCard):
    """Empty until it is given a call."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.texts("facts.title"), parent)
        self._look = look

    def explain(self, call: CallRow | None) -> None:
        """Show the figures of this call; those that are not known are dashes."""
        if call is None:
            self.show_facts([])
            return
        texts, formats = self._look.texts, self._look.formats
        facts = [
            (texts("facts.input"), number(call.input_tokens)),
            *([(texts("facts.cached"), number(call.cached_tokens))] if call.cached_tokens else []),
            (texts("facts.output"), number(call.output_tokens)),
            (texts("facts.cost"), formats.cost(call)),
            *self._compared(call),
            (texts("facts.ttft"), formats.duration(call.ttft_ms)),
            (texts("facts.overhead"), formats.duration(call.overhead_ms)),
            (texts("facts.duration"), formats.duration(call.duration_ms)),
            (texts("facts.tool"), call.client or DASH),
            (texts("facts.token"), call.token_name or DASH),
        ]
        if call.task:
            sure = f" ({call.task_confidence:.0%})" if call.task_confidence is not None else ""
            facts.append((texts("facts.task"), f"{texts.named('task', call.task)}{sure}"))
        note = texts(f"usage.{call.usage_source}")
        if call.cost_source == "unpriced":
            note = f"{note} {texts('cost.unpriced.why')}"
        self.show_facts(facts, note)

    def _compared(self, call: CallRow) -> list[tuple[str, str]]:
        """Return what the same tokens would have cost at the baseline, where that is known."""
        if call.baseline is None or call.baseline_usd is None:
            return []
        name = call.baseline.rpartition("/")[2]
        return [(self._look.texts("facts.baseline", model=name), usd(call.baseline_usd))]
