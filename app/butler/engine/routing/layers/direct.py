"""Layer `direct`: the client named a model, and explicit means explicit."""

from butler.engine.call import Call, UseTargets, Verdict
from butler.engine.routing.layer import learn_nothing


class DirectLayer:
    """Answers with the named model alone: no routing, no fallback."""

    name = "direct"
    budget_ms = None
    observe = learn_nothing

    async def decide(self, call: Call) -> Verdict | None:
        """Use the explicit target, if the client named one."""
        if call.explicit is None:
            call.step.skip("the client left the choice to the butler")
            return None
        return UseTargets((call.explicit,), self.name, f"the client asked for {call.explicit}")
