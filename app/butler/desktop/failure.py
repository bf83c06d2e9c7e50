"""Why there is no engine."""

from dataclasses import dataclass
from enum import StrEnum

_REASONED_EXITS = range(2, 10)


class FailureKind(StrEnum):
    """How the engine failed: it said why, it never answered, or it died."""

    REFUSED = "refused"
    SILENT = "silent"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Failure:
    """What happened, and the last lines that were said about it."""

    kind: FailureKind
    output: tuple[str, ...]


def kind_of(exit_code: int | None) -> FailureKind:
    """Tell from an exit code; None is a process that lived but never served."""
    if exit_code is None:
        return FailureKind.SILENT
    return FailureKind.REFUSED if exit_code in _REASONED_EXITS else FailureKind.CRASHED
