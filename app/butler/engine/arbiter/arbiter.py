"""The arbiter: asked on the way of a request only while it is known to answer in time.

Whether it is there, loaded and quick enough is found out in the background, with pauses that
grow; a request never waits for that.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from butler.engine.arbiter.answer import Answer
from butler.engine.arbiter.choice import Choice
from butler.engine.arbiter.inquiries import Asked, Busy, Inquiries
from butler.engine.arbiter.looking import Looker
from butler.engine.arbiter.opening import open_server
from butler.engine.arbiter.pulling import Pulling
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.record import Record
from butler.engine.arbiter.servers import Server, ServerError, Trouble
from butler.engine.arbiter.standing import Phase, Standing

_log = logging.getLogger(__name__)
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 5.0, 300.0
_TEST_S = 60.0
_OFF = Standing(Phase.OFF, "the owner has switched it off")
_IDLE = Standing(Phase.IDLE, "no category leads to a model, so that nobody has to choose")
_TROUBLES = {Phase.ABSENT: Trouble.ABSENT, Phase.NO_MODEL: Trouble.NO_MODEL}

Listener = Callable[[], None]


@dataclass(frozen=True, slots=True)
class NoRuling:
    """The arbiter has not answered, and why; `was_asked` where it has tried."""

    reason: str
    was_asked: bool = False


class Arbiter:
    """One arbiter at a time, as the settings name it. It belongs to the engine's event loop."""

    def __init__(self) -> None:
        self.inquiries = Inquiries(self._heard)
        self.pulling = Pulling(self._tell)
        self._choice = Choice()
        self._is_wanted = False
        self._standing = _OFF
        self._record = Record()
        self._pauses = 0
        self._server: Server | None = None
        self._looker = Looker(self._choice, self.inquiries)
        self._watching: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._fell, self._hurry = asyncio.Event(), asyncio.Event()
        self._listeners: list[Listener] = []

    @property
    def standing(self) -> Standing:
        """How it is."""
        return self._standing

    def listen(self, listener: Listener) -> None:
        """Call this at every change of how it is, and while a pull goes on."""
        self._listeners.append(listener)

    def follow(self, choice: Choice, *, is_wanted: bool) -> None:
        """Keep to the owner's choice; `is_wanted`: there is something to choose among."""
        if self._loop is not None and (choice, is_wanted) == (self._choice, self._is_wanted):
            return
        self._loop = asyncio.get_running_loop()
        if choice.who != self._choice.who:
            self.inquiries.forget()
        self._choice, self._is_wanted = choice, is_wanted
        self._looker = Looker(choice, self.inquiries)
        self._pauses = 0
        self._stop()
        if not choice.enabled or not is_wanted:
            self._become(_IDLE if choice.enabled else _OFF)
            return
        self._become(Standing(Phase.LOADING, "it has not been looked at yet"))
        self._watching = asyncio.create_task(self._watch(choice), name="arbiter-watch")

    async def judge(self, question: Question) -> Answer | NoRuling:
        """Answer from memory, else ask; cancelled, the question is still answered for later."""
        known = self.inquiries.memory.get(question.key)
        if known is not None:
            return known
        # A dry run in another thread's loop must not touch what belongs to this one.
        if self._server is None or self._loop is not asyncio.get_running_loop():
            return NoRuling(self._standing.reason)
        if not self._standing.is_ready:
            return NoRuling(f"{self._standing.phase.value}: {self._standing.reason}")
        self._looker.routes = question.routes
        try:
            asked = await self.inquiries.ask(self._server, question)
        except Busy:
            return NoRuling("it is busy with another question")
        if asked.answer is None:
            return NoRuling(str(asked.error), was_asked=True)
        return asked.answer

    async def glance(self, choice: Choice) -> Standing:
        """Return how it is; where nobody watches it, have a short look that loads nothing."""
        if self._watching is not None or not choice.enabled:
            return self._standing
        try:
            server = await asyncio.to_thread(open_server, choice)
        except ServerError as error:
            return Standing(Phase.FAILING, str(error))
        try:
            found = await Looker(choice, self.inquiries).glance(server)
        finally:
            await server.close()
        return found or replace(self._standing, phase=Phase.IDLE)

    async def test(self, choice: Choice, question: Question) -> Asked:
        """Ask with all the time it takes; raises ServerError where there is nothing to ask."""
        server = await asyncio.to_thread(open_server, choice)
        try:
            found = await Looker(choice, self.inquiries).glance(server)
            if found is not None:
                raise ServerError(_TROUBLES.get(found.phase, Trouble.FAILED), found.reason)
            return await self.inquiries.measure(server, question, _TEST_S)
        finally:
            await server.close()

    async def pull(self, choice: Choice) -> None:
        """Begin to fetch the model; raises ServerError where the address is none."""
        server = await asyncio.to_thread(open_server, choice)
        self.pulling.start(server, choice.model, self._hurry.set)

    async def close(self) -> None:
        """Let go of everything."""
        await self.pulling.close()
        watching = self._watching
        self._stop()
        if watching is not None:
            await asyncio.gather(watching, return_exceptions=True)

    def _stop(self) -> None:
        self.inquiries.stop()
        self._record.clear()
        self._server = None
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None

    async def _watch(self, choice: Choice) -> None:
        try:
            server = await asyncio.to_thread(open_server, choice)
        except ServerError as error:
            self._become(Standing(Phase.FAILING, str(error)))
            return
        try:
            self._server = server
            while True:
                await self._look(server)
        finally:
            await server.close()

    async def _look(self, server: Server) -> None:
        """Look once; return when it is time to look again."""
        self._fell.clear()
        self._hurry.clear()
        self._record.clear()
        found = await self._looker.look(server, self._become)
        self._become(found)
        if found.is_ready:
            await self._fell.wait()
        pause_s = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**self._pauses)
        self._pauses = min(self._pauses + 1, 10)
        again_at = datetime.now(UTC) + timedelta(seconds=pause_s)
        self._become(replace(self._standing, looks_again_at=again_at))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), pause_s)

    def _heard(self, asked: Asked) -> None:
        phase, reason = self._record.verdict(asked, self._choice.budget_ms)
        if phase is Phase.READY:
            # Trust comes back one answer at a time, so that a shaky one is not probed for ever.
            self._pauses = max(0, self._pauses - 1) if asked.answer is not None else self._pauses
            return
        if self._standing.is_ready:
            self._become(replace(self._standing, phase=phase, reason=reason))
            self._fell.set()

    def _become(self, standing: Standing) -> None:
        if standing.phase is not self._standing.phase:
            _log.info("the arbiter is %s: %s", standing.phase.value, standing.reason)
        self._standing = standing
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
