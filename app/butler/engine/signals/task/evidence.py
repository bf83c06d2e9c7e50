"""What was found in a prompt and how it adds up to a score per task."""

from typing import Final

from butler.contract.tasks import Task

# The strongest finding counts whole, each further one less: ten words of one subject are hardly
# surer than four, and a long paste must not shout down a short instruction.
_FADE: Final = 0.72


class Evidence:
    """Collects findings; the same finding counts once, at its strongest."""

    def __init__(self) -> None:
        self._found: dict[Task, dict[str, float]] = {task: {} for task in Task}

    def add(self, task: Task, weight: float, what: str) -> None:
        """Notes that `what`, as people may read it, speaks for `task` with `weight`."""
        if not weight:
            return
        found = self._found[task]
        if abs(weight) > abs(found.get(what, 0.0)):
            found[what] = weight

    def score(self, task: Task) -> float:
        """The findings of a task, fading from the strongest down; those against it count whole."""
        weights = sorted(self._found[task].values(), reverse=True)
        share, total = 1.0, 0.0
        for weight in weights:
            if weight > 0:
                total += weight * share
                share *= _FADE
            else:
                total += weight
        return total

    def strongest(self, task: Task, count: int) -> tuple[str, ...]:
        """The findings that spoke for `task`, the weightiest first."""
        ranked = sorted(self._found[task].items(), key=lambda item: -item[1])
        return tuple(what for what, weight in ranked[:count] if weight > 0)
