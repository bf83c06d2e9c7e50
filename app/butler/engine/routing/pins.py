"""Which target each conversation is with; kept while the process lives, past every edit."""

from collections import OrderedDict
from dataclasses import dataclass, replace

from butler.engine.call import Call, Target, UseTargets

_MOST_PINS = 10_000


@dataclass(frozen=True, slots=True)
class Pin:
    """A conversation's target, when it was last asked, and the verdict that began it.

    `prefix_tokens` is how much of the conversation that target has read: what its prompt cache
    may hold.
    """

    target: Target
    verdict: UseTargets
    prefix_tokens: int
    asked_ns: int


class Pins:
    """The latest conversations; the oldest go when there are too many."""

    def __init__(self, most: int = _MOST_PINS) -> None:
        self._pins: OrderedDict[str, Pin] = OrderedDict()
        self._most = most

    def __len__(self) -> int:
        return len(self._pins)

    def get(self, thread: str) -> Pin | None:
        """Return the pin of a conversation."""
        return self._pins.get(thread)

    def decided(self, thread: str, call: Call, verdict: UseTargets, target: Target) -> None:
        """Pin a conversation to where a call is sent; the answer's sizes follow."""
        old = self._pins.get(thread)
        kept = old is not None and old.target == target
        prefix_tokens = old.prefix_tokens if old is not None and kept else 0
        self._put(thread, Pin(target, verdict, prefix_tokens, call.started_ns))

    def answered(self, thread: str, call: Call, prefix_tokens: int) -> None:
        """Correct a pin by what has happened, unless a later call has been decided since."""
        pin = self._pins.get(thread)
        if pin is None or call.target is None or pin.asked_ns > call.started_ns:
            return
        self._put(thread, replace(pin, target=call.target, prefix_tokens=prefix_tokens))

    def drop(self, thread: str) -> None:
        """Forget a conversation."""
        self._pins.pop(thread, None)

    def _put(self, thread: str, pin: Pin) -> None:
        self._pins[thread] = pin
        self._pins.move_to_end(thread)
        while len(self._pins) > self._most:
            self._pins.popitem(last=False)
