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
    """The engine's exit code, None if it never began to serve, and the last lines of its log."""

    exit_code: int | None
    output: tuple[str, ...]

    @property
    def kind(self) -> FailureKind:
        """Tell which; another try changes something only after a crash."""
        if self.exit_code is None:
            return FailureKind.SILENT
        refused = self.exit_code in _REASONED_EXITS
        return FailureKind.REFUSED if refused else FailureKind.CRASHED
