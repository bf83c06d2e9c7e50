"""What is odd about the stored rules of a revision; worked out once, when first asked for."""

from collections.abc import Mapping

from butler.contract.problems import Problem
from butler.engine.admin.view import AdminRuntime
from butler.engine.routing.lint import findings
from butler.engine.routing.rules import RuleSpec


class RuleFindings:
    """Remembers the findings of the revision that it was asked about last."""

    def __init__(self) -> None:
        self._runtime: AdminRuntime | None = None
        self._found: Mapping[str, tuple[Problem, ...]] = {}

    def of(self, runtime: AdminRuntime, rule_id: str) -> tuple[Problem, ...]:
        """Return what is odd about a stored rule; one that is off is in nobody's way."""
        if runtime is not self._runtime:
            self._found = findings(_specs(runtime), runtime.names.names)
            self._runtime = runtime
        return self._found.get(rule_id, ())


def _specs(runtime: AdminRuntime) -> list[RuleSpec]:
    """Return the rules that are asked, as they are written."""
    targets = {rule.id: rule.targets for rule in runtime.rules}
    return [
        RuleSpec(rule.id, rule.name, rule.priority, rule.conditions, targets[rule.id])
        for rule in runtime.snapshot.rules
        if rule.id in targets
    ]
