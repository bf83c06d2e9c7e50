"""What an arbiter's latest answers say of it: one slip is none, three in a row are a habit."""

from butler.engine.arbiter.inquiries import Asked
from butler.engine.arbiter.servers import ServerError, Trouble
from butler.engine.arbiter.standing import Phase

_HABIT = 3
_PHASES = {Trouble.ABSENT: Phase.ABSENT, Trouble.NO_MODEL: Phase.NO_MODEL}


class Record:
    """Counts slips; an answer in time wipes them out."""

    def __init__(self) -> None:
        self._late = 0
        self._wrong = 0

    def clear(self) -> None:
        """Begin anew."""
        self._late = self._wrong = 0

    def verdict(self, asked: Asked, budget_ms: float) -> tuple[Phase, str]:
        """Return what it is after this answer, and why."""
        error = asked.error
        if isinstance(error, ServerError) and error.trouble in _PHASES:
            return _PHASES[error.trouble], str(error)
        self._late = self._late + 1 if asked.ms > budget_ms else 0
        self._wrong = self._wrong + 1 if error is not None else 0
        if self._late >= _HABIT:
            return Phase.SLOW, f"{_HABIT} answers in a row took longer than {budget_ms:.0f} ms"
        if self._wrong >= _HABIT:
            return Phase.FAILING, f"{_HABIT} failures in a row, the last: {error}"
        return Phase.READY, ""
