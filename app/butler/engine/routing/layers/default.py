"""Layer `default`: what answers when no other layer has decided."""

from butler.engine.call import Call, UseTargets, Verdict
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.layer import learn_nothing


class DefaultLayer:
    """Answers with the default target, of which there may be one for images and one for audio."""

    name = "default"
    budget_ms = None
    observe = learn_nothing

    def __init__(self, defaults: Defaults) -> None:
        self._defaults = defaults

    async def decide(self, call: Call) -> Verdict | None:
        """Use the default target, if there is one."""
        found = self._defaults.of(call)
        if found is None:
            call.step.skip("no default target is set")
            return None
        what = f" for {found.modality}" if found.modality else ""
        return UseTargets((found.target,), self.name, f"the default{what} is {found.target}")
