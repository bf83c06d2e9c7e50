"""Privacy rules bind a call before any layer is asked: only their targets may see it.

So they hold for explicit models, pins and fallbacks, too, whatever decides.
"""

from collections.abc import Sequence

from butler.engine.call import Call
from butler.engine.routing.candidates import Candidates
from butler.engine.routing.rules import CompiledRule


class Guards:
    """The rules of one revision that may bind a call."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self._rules = Candidates([rule for rule in rules if rule.private])

    def bind(self, call: Call) -> None:
        """Bind a call to the targets of the first privacy rule that holds.

        A rule without any living target leaves none: better no answer than the wrong reader.
        What goes wrong here ends the call; guards fail closed.
        """
        if not self._rules:
            return
        for rule in self._rules.among(call):
            match = rule.match(call)
            if match is not None and match.private:
                call.permitted = frozenset(rule.targets)
                call.permitted_by = f"the privacy rule “{rule.name}”"
                return
