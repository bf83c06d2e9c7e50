"""The engine as pages use it: work that asks it runs in the background, failures become words."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence

from butler.contract.problems import Problem
from butler.contract.texts import Texts
from butler.desktop.background import Background
from butler.desktop.engine_client import EngineClient, EngineGone, Refused
from butler.desktop.session import Session

Work = Callable[[EngineClient], Coroutine[object, object, None]]
Told = Callable[[Sequence[Problem]], None]


class Engine:
    """Runs `work(client)` beside the windows; `say` is told what nobody else wants to know."""

    def __init__(
        self, session: Session, background: Background, texts: Texts, say: Callable[[str], None]
    ) -> None:
        self._session = session
        self._background = background
        self._texts = texts
        self._say = say

    def run(self, name: str, work: Work, refused: Told | None = None) -> asyncio.Task[None]:
        """Start `work`; a refusal goes to `refused`, or is said; so is that no engine answers.

        Cancel the task when what asked for it goes away, as a dialog does.
        """
        return self._background.start(name, self._reported(work, refused))

    @property
    def client(self) -> EngineClient:
        """The client of the engine we are joined to. Raises `EngineGone` where there is none."""
        if self._session.client is None:
            raise EngineGone("There is no engine to ask.")
        return self._session.client

    async def _reported(self, work: Work, refused: Told | None) -> None:
        try:
            await work(self.client)
        except EngineGone:
            self._say(self._texts("action.no_engine"))
        except Refused as refusal:
            if refused is not None:
                refused(refusal.problems)
            else:
                self._say(" ".join(self._texts.problem(each) for each in refusal.problems))
