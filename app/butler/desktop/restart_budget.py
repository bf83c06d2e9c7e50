"""How often a dying engine is started again: a few times, slower each time, then no more."""

import time
from collections import deque
from collections.abc import Callable

_FIRST_DELAY_S = 0.5


class RestartBudget:
    """Allows `limit` restarts within `window_s` seconds; `clock` counts seconds."""

    def __init__(
        self,
        limit: int = 4,
        window_s: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = limit
        self._window_s = window_s
        self._clock = clock
        self._taken: deque[float] = deque()

    def take(self) -> float | None:
        """Spend a restart: return the seconds to wait before it, None when none is left."""
        now = self._clock()
        while self._taken and now - self._taken[0] >= self._window_s:
            self._taken.popleft()
        if len(self._taken) >= self._limit:
            return None
        delay_s = _FIRST_DELAY_S * 2 ** len(self._taken)
        self._taken.append(now)
        return float(delay_s)

    def renew(self) -> None:
        """Forget the past: a person asked for another try."""
        self._taken.clear()
