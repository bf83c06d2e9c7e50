"""What a layer of the routing chain is."""

from typing import Protocol, runtime_checkable

from butler.engine.call import Call, Verdict
from butler.engine.routing.weighing import Weighed


class Layer(Protocol):
    """One way to decide. A layer may write into `call.step` why it passes or skips."""

    @property
    def name(self) -> str:
        """The layer's name in traces and headers."""

    @property
    def budget_ms(self) -> float | None:
        """The longest it may take; None for layers that never wait."""

    async def decide(self, call: Call) -> Verdict | None:
        """Decide, or return None and let the next layer decide."""

    async def observe(self, call: Call) -> None:
        """Look at the finished call: store, pin, learn."""


@runtime_checkable
class Notes(Protocol):
    """A layer that hears at once what was decided, whoever did; it must not wait."""

    def note(self, call: Call, weighed: Weighed) -> None:
        """Take down the call's verdict, as it was weighed."""


async def learn_nothing(_layer: Layer, _call: Call) -> None:
    """Be the `observe` of a layer that has no use for finished calls; it is never waited for."""
