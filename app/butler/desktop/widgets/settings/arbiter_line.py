"""How the local arbiter stands; asks it a trial question, and fetches its model."""

import asyncio
from collections.abc import Sequence

from pydantic import JsonValue
from PySide6.QtWidgets import QProgressBar

from butler.contract.arbiter import Arbiter, ArbiterPull, ArbiterTest
from butler.contract.problems import Problem
from butler.desktop.desk import Desk
from butler.desktop.engine_client import EngineClient
from butler.desktop.widgets.button import Button
from butler.desktop.widgets.settings.action_row import ActionRow

_TEST_S = 120.0
_LOOK_EVERY_S = 0.5
_BAR_WIDTH = 140
_WELL = frozenset({"ready", "idle"})


class ArbiterLine(ActionRow):
    """The fetching goes on in the engine, whoever looks on."""

    def __init__(self, desk: Desk) -> None:
        texts = desk.look.texts
        self.bar = QProgressBar()
        self.bar.setFixedWidth(_BAR_WIDTH)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(texts("arbiter.pull"))
        self.bar.hide()
        self.test = Button(texts("arbiter.test"))
        self.test.setObjectName("arbiter.test")
        self.pull = Button(texts("arbiter.pull"))
        self.pull.setObjectName("arbiter.pull")
        super().__init__(texts("arbiter.title"), self.bar, self.test, self.pull)
        self._desk = desk
        self._texts = texts
        self._watching = False
        for button in (self.test, self.pull):
            # Until it is known how it stands.
            button.setEnabled(False)
        self.test.clicked.connect(self._try)
        self.pull.clicked.connect(self._fetch)

    async def read(self, client: EngineClient) -> None:
        """Ask how it stands."""
        self._show(await client.read("arbiter", Arbiter))

    def _show(self, found: Arbiter) -> None:
        words = self._texts("arbiter.state", model=found.model or "–", reason=found.reason)
        self.tell(words, "secondary" if found.phase in _WELL or found.phase == "off" else "warn")
        self.test.setEnabled(found.phase != "off")
        self.pull.setEnabled(found.kind == "ollama" and bool(found.model))
        if found.pull is not None and found.pull.running and not self._watching:
            self._desk.engine.run("watch pull", self._watch)

    def _try(self) -> None:
        async def work(client: EngineClient) -> None:
            try:
                body: dict[str, JsonValue] = {"prompt": self._texts("example.question")}
                found = await client.ask("POST", "arbiter:test", ArbiterTest, body, _TEST_S)
            finally:
                self.test.setEnabled(True)
            self._tell_test(found)

        self.test.setEnabled(False)
        self.tell(self._texts("arbiter.testing"))
        self._desk.engine.run("test arbiter", work)

    def _tell_test(self, found: ArbiterTest) -> None:
        took = self._desk.look.formats.duration(found.ms)
        if found.error:
            self.tell(self._texts("arbiter.test.failed", why=found.error), "bad")
            return
        route = found.route or self._texts("arbiter.test.none")
        late = "arbiter.test.said" if found.within_budget else "arbiter.test.late"
        self.tell(
            self._texts(late, route=route, took=took), "good" if found.within_budget else "warn"
        )

    def _fetch(self) -> None:
        async def work(client: EngineClient) -> None:
            await client.ask("POST", "arbiter:pull", Arbiter)
            await self._watch(client)

        def refused(problems: Sequence[Problem]) -> None:
            self.pull.setEnabled(True)
            words = (f"{self._texts.problem(each)} {each.detail}" for each in problems)
            self.tell(" ".join(words), "bad")

        self.pull.setEnabled(False)
        self._desk.engine.run("pull", work, refused=refused)

    async def _watch(self, client: EngineClient) -> None:
        """Follow the fetching until it ends."""
        self._watching = True
        self.bar.show()
        try:
            while True:
                found = await client.read("arbiter", Arbiter)
                if found.pull is None or not found.pull.running:
                    break
                self._show_share(found.pull)
                await asyncio.sleep(_LOOK_EVERY_S)
        finally:
            self._watching = False
            self.bar.hide()
        self._show(found)
        if found.pull is not None and found.pull.error:
            self.tell(self._texts("arbiter.pull.failed", why=found.pull.error), "bad")

    def _show_share(self, pull: ArbiterPull) -> None:
        # A bar from 0 to 0 shows that something is done, not how much.
        self.bar.setRange(0, 0 if pull.share is None else 100)
        self.bar.setValue(round((pull.share or 0) * 100))
        self.tell(self._texts("arbiter.pulling", model=pull.model, status=pull.status))
