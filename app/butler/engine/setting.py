"""What is declared of one setting."""

from dataclasses import dataclass
from typing import Literal

Value = bool | int | str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `minimum` and `maximum` bound whole numbers, `choices` words."""

    key: str
    type: Literal["bool", "int", "str", "target"]
    default: Value
    summary: str
    applies: Literal["live", "restart"] = "live"
    env: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] | None = None
