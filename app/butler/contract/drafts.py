"""Rules that the assistant proposes: from words, from a form, from the wizard's questions."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from butler.contract.problems import Problem
from butler.contract.resources import RuleIn, TargetName, Written
from butler.contract.tasks import Task

Language = Literal["en", "zh_CN"]


class Sample(BaseModel):
    """An example prompt, whether the rule is to hold for it, and whether it does.

    `holds` is None where that can not be told without a running call; `reason` says why it holds,
    or what decides instead.
    """

    text: str
    expected: bool
    holds: bool | None = None
    reason: str = ""


class DraftRule(BaseModel):
    """A proposed rule: what would be stored, and what speaks for it.

    `names` and `descriptions` are in both languages, by their code; the rule itself carries one
    of them. `why` says from what it was made, `confidence` (0 to 1) how well that was understood.
    `warnings` tell what was replaced or left out, `problems` why it could not be stored.
    """

    rule: RuleIn
    names: dict[Language, str]
    descriptions: dict[Language, str]
    why: str
    confidence: float
    samples: list[Sample] = Field(default_factory=list)
    warnings: list[Problem] = Field(default_factory=list)
    problems: list[Problem] = Field(default_factory=list)


class Draft(BaseModel):
    """Proposed rules, and the default target where one is proposed, too.

    `by` is who wrote them: a `model` (then `model` names it), the `phrases` that are understood
    without any, or the `wizard`. `notes` tell what was not understood, or not used.
    """

    by: Literal["model", "phrases", "wizard"]
    model: str | None = None
    rules: list[DraftRule]
    default_target: str | None = None
    notes: list[Problem] = Field(default_factory=list)


class TaskLine(Written):
    """One line of the fill-in form: this model for that task."""

    task: Task
    target: TargetName


class GenerateIn(Written):
    """What rules are to be made from: free words, lines of the form, or both.

    `by` chooses who writes them; `auto` is a model where one is configured, else the phrases.
    """

    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = ""
    lines: Annotated[list[TaskLine], Field(max_length=40)] = Field(default_factory=list)
    by: Literal["auto", "model", "phrases"] = "auto"
    language: Language = "en"


class ApplyIn(Written):
    """Proposed rules to store, all or none.

    With `keep` the other rules stay, and one of the same name is replaced; without it these are
    all rules that there will be. `default_target` is set where it is given.
    """

    rules: Annotated[list[RuleIn], Field(max_length=200)]
    keep: bool = True
    default_target: TargetName | None = None
