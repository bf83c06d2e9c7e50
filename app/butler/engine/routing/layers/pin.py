"""Layer `pin`: a tool loop stays on the model that began it, a conversation while that pays.

A model in the middle of a tool loop has thought in its own way; another would begin anew. On a
new turn of the user's the rules are heard: the conversation moves where they say so and the
prompt cache that is left behind is worth less.
"""

import dataclasses
from collections.abc import Container

from butler.engine.call import Call, Replay, Target, UseTargets, Verdict
from butler.engine.plan import Gate
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.layers.rules import RulesLayer
from butler.engine.routing.pins import Pin, Pins
from butler.engine.routing.stickiness import Stickiness, choose
from butler.engine.routing.weighing import Weighed, weigh


@dataclasses.dataclass(frozen=True, slots=True)
class Otherwise:
    """Where a call would go without its pin: by the rules, else to the default.

    Not by meaning: to ask that would cost every turn an embedding. A conversation that leaves its
    pin is asked about by every layer anyway.
    """

    rules: RulesLayer
    defaults: Defaults


class PinLayer:
    """Keeps conversations where they are; `living` are the targets of this revision."""

    name = "pin"
    budget_ms = None

    def __init__(
        self,
        pins: Pins,
        living: Container[Target],
        otherwise: Otherwise,
        gate: Gate,
        stickiness: Stickiness,
    ) -> None:
        self._pins = pins
        self._living = living
        self._otherwise = otherwise
        self._gate = gate
        self._stickiness = stickiness

    async def decide(self, call: Call) -> Verdict | None:
        """Stay where the conversation is, if it is anywhere and that may go on."""
        if not call.runtime.routing_enabled:
            call.step.skip("routing is switched off")
            return None
        thread = call.known.thread
        pin = self._pins.get(thread) if thread is not None else None
        if pin is None or call.known.turn == "first":
            call.step.skip("the conversation is new here")
            return None
        verdict = self._verdict(call, pin)
        why_not = self._why_not(call, pin, verdict)
        if why_not is not None:
            call.step.reason = f"no longer with {pin.target}: {why_not}"
            return None
        if call.known.turn == "loop":
            return dataclasses.replace(
                verdict, reason=f"a tool loop goes on with {pin.target}, which began it"
            )
        return self._on_a_new_turn(call, pin, verdict)

    def note(self, call: Call, weighed: Weighed) -> None:
        """Pin the conversation at once: a tool may answer before the log is written."""
        verdict = weighed.verdict
        if call.explicit is not None or isinstance(verdict, Replay):
            return
        thread, target = call.known.thread, weighed.target
        if thread is not None and target is not None:
            self._pins.decided(thread, call, verdict, target)

    async def observe(self, call: Call) -> None:
        """Learn who answered in the end, and how much it has read; nobody: forget it."""
        is_foreign = call.explicit is not None or isinstance(call.verdict, Replay)
        thread = None if is_foreign else call.known.thread
        if thread is None:
            return
        if call.target is None or call.status >= 400:
            self._pins.drop(thread)
            return
        read = call.usage.input_tokens or call.known.input_tokens
        self._pins.answered(thread, call, read + (call.usage.output_tokens or 0))

    def _verdict(self, call: Call, pin: Pin) -> UseTargets:
        others = (target for target in pin.verdict.targets if target != pin.target)
        return dataclasses.replace(
            pin.verdict, targets=(pin.target, *others), layer=self.name, score=None
        )

    def _why_not(self, call: Call, pin: Pin, verdict: UseTargets) -> str | None:
        if pin.target not in self._living:
            return "it is not enabled any more"
        weighed = weigh(call, verdict, self._gate)
        if weighed.why_not is not None:
            return weighed.why_not
        refused = next((one for one in weighed.plan.refused if one.target == pin.target), None)
        if refused is not None:
            return f"it {refused.reason}"
        return "its breaker is open" if pin.target in weighed.kept_away else None

    def _on_a_new_turn(self, call: Call, pin: Pin, verdict: UseTargets) -> Verdict | None:
        if not self._stickiness.is_on:
            call.step.reason = "conversations are not kept where they are"
            return None
        ruled = self._otherwise.rules.first(call)
        default = self._otherwise.defaults.of(call)
        if ruled is not None:
            other = ruled.target
        else:
            other = default.target if default is not None else None
        if other is None or other == pin.target:
            call.step.reason = f"{pin.target} is chosen anyway"
            return None
        choice = choose(call, pin, other, self._stickiness)
        if not choice.stays:
            call.step.reason = f"moves on from {pin.target}: {choice.reason}"
            return None
        reason = f"the conversation is cached at {pin.target}: {choice.reason}"
        return dataclasses.replace(verdict, reason=reason)
