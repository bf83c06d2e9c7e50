"""Changes to many rules at once, as they travel."""

from typing import Annotated, Literal

from pydantic import Field

from butler.contract.resources import RuleIn, Written


class RuleOrder(Written):
    """Ids of rules as they are to be tried, first to last.

    Rules that are not named keep their places; those that are named share out theirs anew.
    """

    ids: Annotated[list[str], Field(min_length=1)]


class RuleBulk(Written):
    """One thing to do with many rules, all or none.

    `move` puts them, in the order named, right before the rule `before`; null is the end.
    """

    action: Literal["enable", "disable", "delete", "move"]
    ids: Annotated[list[str], Field(min_length=1)]
    before: str | None = None


class RuleSetItem(RuleIn):
    """A rule of a whole set; with the id of a stored one it replaces that."""

    id: str | None = None


class RuleSetIn(Written):
    """All rules that there are to be.

    A rule keeps its id where the id is known, else where its name is that of one stored rule.
    """

    rules: list[RuleSetItem]
