"""Condition `task`: what the user's words ask for, by the classifier, at least so sure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from butler.contract.tasks import Task
from butler.engine.call import Call
from butler.engine.providers.base import Field
from butler.engine.routing.conditions.base import Compiling, ConditionKind, Match, only, refuse


@dataclass(frozen=True, slots=True)
class TaskCondition:
    """Holds when the classifier names one of these tasks with at least this confidence."""

    tasks: frozenset[Task]
    min_confidence: float

    def match(self, call: Call) -> Match | None:
        """Ask the classifier; its cues are the words that matched."""
        guess = call.known.task
        if guess.task not in self.tasks or guess.confidence < self.min_confidence:
            return None
        reason = f"task is {guess.task} ({guess.confidence:.2f})"
        return Match(reason, guess.cues, guess.confidence)

    def clues(self) -> None:
        """Any words will do."""


def read(spec: Mapping[str, Any], _: Compiling) -> TaskCondition:
    """Read `{"tasks": [...], "min_confidence": 0.0}`."""
    only(spec, "tasks", "min_confidence")
    tasks = spec.get("tasks")
    if not isinstance(tasks, list) or not tasks:
        raise refuse("tasks", "`tasks` must name at least one task.", _known())
    for task in tasks:
        if task not in list(Task):
            raise refuse("tasks", f"{task!r} is no task.", _known())
    confidence = spec.get("min_confidence", 0.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float):
        raise refuse("min_confidence", "`min_confidence` must be a number.", "It is from 0 to 1.")
    if not 0 <= confidence <= 1:
        raise refuse("min_confidence", f"{confidence} is no confidence.", "It is from 0 to 1.")
    return TaskCondition(frozenset(Task(task) for task in tasks), float(confidence))


def _known() -> str:
    return "The tasks are " + ", ".join(Task) + "."


KIND = ConditionKind(
    kind="task",
    title="Task",
    fields=(
        Field("tasks", "is one of", type="tasks", required=True),
        Field("min_confidence", "at least this sure", type="number", default="0"),
    ),
    cost=30,
    read=read,
)
