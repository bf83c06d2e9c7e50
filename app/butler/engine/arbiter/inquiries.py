"""Questions to a server: one at a time, measured to the end, remembered.

A question whose asker has stopped waiting is let run: its answer serves the next who asks the
same, and how long it took is known rather than guessed. Meanwhile nobody else asks, so that
nothing ever piles up at a slow machine.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from butler.engine.arbiter.answer import Answer, Misfit, read_answer
from butler.engine.arbiter.memory import Memory
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.servers import Server, ServerError
from butler.engine.arbiter.timing import Timing

_LONGEST_S = 10.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question: an answer, or what went wrong; `ms` it took in all."""

    ms: float
    answer: Answer | None = None
    error: ServerError | Misfit | None = None


class Busy(Exception):
    """Another question is being answered."""


class Inquiries:
    """The questions to one model. `heard` is told what came of each."""

    def __init__(self, heard: Callable[[Asked], None]) -> None:
        self.memory = Memory()
        self.timing = Timing()
        self._heard = heard
        self._asking: asyncio.Task[Asked] | None = None
        self._key = b""

    async def ask(self, server: Server, question: Question) -> Asked:
        """Ask, or wait with who asks the same already; raises Busy where another is asked."""
        if self._asking is None:
            self._key = question.key
            work = self._ask(server, question)
            self._asking = asyncio.create_task(work, name="arbiter-question")
        elif self._key != question.key:
            raise Busy
        asking = self._asking
        # Whoever stops waiting leaves the question to its end, and `stop` ends no asker.
        await asyncio.wait({asking})
        if asking.cancelled():
            raise Busy
        return asking.result()

    async def measure(
        self, server: Server, question: Question, longest_s: float = _LONGEST_S
    ) -> Asked:
        """Ask beside the line; what came is neither remembered nor told."""
        started = time.perf_counter()
        answer, error = None, None
        try:
            async with asyncio.timeout(longest_s):
                answer = read_answer(await server.ask(question), question)
        except (ServerError, Misfit) as trouble:
            error = trouble
        except TimeoutError:
            error = Misfit(f"no answer within {longest_s:.0f} s")
        return Asked((time.perf_counter() - started) * 1000, answer, error)

    def forget(self) -> None:
        """Forget all that another model has said."""
        self.memory.clear()
        self.timing.clear()

    def stop(self) -> None:
        """Let go of what is being asked."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    async def _ask(self, server: Server, question: Question) -> Asked:
        this = asyncio.current_task()
        try:
            asked = await self.measure(server, question)
        finally:
            if self._asking is this:
                self._asking = None
        self.timing.add(asked.ms)
        if asked.answer is not None:
            self.memory.put(question.key, asked.answer)
        self._heard(asked)
        return asked
