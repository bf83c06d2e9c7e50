"""Layer `default`: what answers when no other layer has decided."""

from butler.engine.call import Call, Target, UseTargets, Verdict
from butler.engine.routing.layer import learn_nothing


class DefaultLayer:
    """Answers with the default target."""

    name = "default"
    budget_ms = None
    observe = learn_nothing

    def __init__(self, target: Target | None) -> None:
        self._target = target

    async def decide(self, call: Call) -> Verdict | None:
        """Use the default target, if there is one."""
        if self._target is None:
            call.step.skip("no default target is set")
            return None
        return UseTargets((self._target,), self.name, f"the default is {self._target}")
