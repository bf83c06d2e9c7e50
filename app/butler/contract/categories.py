"""Categories of meaning, as they travel: what calls are about, and who answers those."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from butler.contract.problems import Problem
from butler.contract.resources import Name, TargetName, Written

Utterance = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
"""Something that a user might say."""
Utterances = Annotated[list[Utterance], Field(max_length=500)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
CategoryTargets = Annotated[list[TargetName], Field(max_length=4)]


class CategoryIn(Written):
    """A category: a sentence that says what belongs to it, examples, and who answers.

    The first target answers, the others are its fallbacks. Without any the category sends
    nothing anywhere, and still keeps what belongs to it from being taken for something else.
    """

    name: Name
    description: Description = ""
    enabled: bool = True
    utterances: Utterances = Field(default_factory=list)
    targets: CategoryTargets = Field(default_factory=list)


class CategoryPatch(Written):
    """A change to a category; `position` 0 is the first place among them."""

    name: Name | None = None
    description: Description | None = None
    enabled: bool | None = None
    utterances: Utterances | None = None
    targets: CategoryTargets | None = None
    position: Annotated[int, Field(ge=0)] | None = None


class Category(BaseModel):
    """A stored category, with what is wrong with it, if anything."""

    id: str
    name: str
    description: str
    enabled: bool
    position: int
    utterances: list[str]
    targets: list[str]
    shipped: bool
    problems: list[Problem]


class CategoryItem(CategoryIn):
    """A category of the whole configuration; with the id of a stored one it replaces that."""

    id: str | None = None
