"""Looks at an arbiter, in the background: is it there, is it loaded, is it quick enough."""

import asyncio
from collections.abc import Callable
from itertools import count

from butler.engine.arbiter.choice import Choice
from butler.engine.arbiter.inquiries import Asked, Inquiries
from butler.engine.arbiter.places import Place, place_of
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.servers import Server, ServerError, Trouble
from butler.engine.arbiter.standing import Phase, Standing

_LIST_S = 5.0
_LOAD_S = 120.0
_MEASURED = 2
SAMPLE = (
    ("coding", "Writing, mending or explaining programs"),
    ("conversation", "Small talk and everyday questions"),
)
"""Routes to warm up with until somebody has asked about the owner's own."""
_WORDS = "Say in a sentence what a binary search does ({number})."
_PHASES = {
    Trouble.ABSENT: Phase.ABSENT,
    Trouble.NO_MODEL: Phase.NO_MODEL,
    Trouble.FAILED: Phase.FAILING,
}


class Looker:
    """Looks at one choice's server."""

    def __init__(self, choice: Choice, inquiries: Inquiries) -> None:
        self._choice = choice
        self._inquiries = inquiries
        self._numbers = count(1)
        self.place = Place.UNKNOWN
        self.routes: tuple[tuple[str, str], ...] = SAMPLE

    async def glance(self, server: Server) -> Standing | None:
        """Return what speaks against asking, without loading anything; None: nothing."""
        self.place = await place_of(self._choice.url)
        refusal = self._refusal()
        if refusal is not None:
            return self._standing(*refusal)
        try:
            async with asyncio.timeout(_LIST_S):
                is_there = await server.has_model()
        except ServerError as error:
            return self._standing(_PHASES[error.trouble], str(error))
        except TimeoutError:
            return self._standing(Phase.FAILING, f"no answer within {_LIST_S:.0f} s")
        if not is_there:
            return self._standing(Phase.NO_MODEL, f"{self._choice.model} has not been pulled")
        return None

    async def look(self, server: Server, tell: Callable[[Standing], None]) -> Standing:
        """Return how it stands, once it is loaded; `tell` hears that it is being loaded."""
        found = await self.glance(server)
        if found is not None:
            return found
        tell(self._standing(Phase.LOADING, f"{self._choice.model} is being loaded"))
        first = await self._inquiries.measure(server, self._question(), _LOAD_S)
        if first.error is not None:
            return self._failed(first.error)
        return await self._measured(server)

    async def _measured(self, server: Server) -> Standing:
        taken: list[Asked] = []
        for _ in range(_MEASURED):
            taken.append(await self._inquiries.measure(server, self._question()))
            self._inquiries.timing.add(taken[-1].ms)
        error = taken[-1].error
        best_ms = min(asked.ms for asked in taken)
        if best_ms > self._choice.budget_ms:
            said = f"it took {best_ms:.0f} ms, where {self._choice.budget_ms} may pass"
            return self._standing(Phase.SLOW, said)
        if error is not None:
            return self._failed(error)
        return self._standing(Phase.READY, f"answered within {best_ms:.0f} ms")

    def _question(self) -> Question:
        # Another text each time: an answer out of the server's cache would tell too little.
        return Question(self.routes, _WORDS.format(number=next(self._numbers)))

    def _refusal(self) -> tuple[Phase, str] | None:
        match self.place:
            case Place.FORBIDDEN:
                return Phase.FORBIDDEN, "its address is one to which nothing may be sent"
            case Place.PUBLIC if not self._choice.may_be_public:
                return Phase.FORBIDDEN, "its address is outside the local network"
            case Place.UNKNOWN:
                return Phase.ABSENT, "its address leads nowhere"
            case _:
                return None

    def _failed(self, error: Exception) -> Standing:
        phase = _PHASES[error.trouble] if isinstance(error, ServerError) else Phase.FAILING
        return self._standing(phase, str(error))

    def _standing(self, phase: Phase, reason: str) -> Standing:
        return Standing(phase, reason, self.place)
