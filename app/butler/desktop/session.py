"""Keeps the desktop joined to an engine: finds or starts one, follows it, again when it is lost."""

import asyncio
import logging
import time
from contextlib import aclosing, suppress
from typing import Protocol

from butler.contract.engine_file import EngineFile
from butler.contract.events import Resync
from butler.desktop.engine_client import EngineClient, EngineGone, Refused
from butler.desktop.engine_process import EngineFailed
from butler.desktop.failure import Failure, FailureKind
from butler.desktop.restart_budget import RestartBudget
from butler.desktop.state import DesktopState, Link

_log = logging.getLogger(__name__)
_LOOK_EVERY_S = 2.0
_REJOIN_AFTER_S = 0.2
_PATIENCE_S = 10.0


class Host(Protocol):
    """Where the engine is: a process of this machine, or one elsewhere."""

    @property
    def alive(self) -> bool:
        """Whether an engine that we started still runs."""

    @property
    def exit_code(self) -> int | None:
        """How the engine that we started ended, if it has."""

    @property
    def failure(self) -> Failure:
        """Why there is no engine."""

    async def door_is_shut(self) -> bool:
        """Return whether no engine claims to serve."""

    async def find(self) -> EngineFile | None:
        """Return the door plate of the living engine."""

    async def start(self) -> EngineFile:
        """Start one; raises `EngineFailed`."""


class Session:
    """One loop over the link's life; `client` is there while the link is up."""

    def __init__(
        self, process: Host, state: DesktopState, budget: RestartBudget | None = None
    ) -> None:
        self._process = process
        self._state = state
        self._budget = budget or RestartBudget()
        self._asked = asyncio.Event()
        # False while a start is no restart: at first, and when a person asks for one.
        self._again = False
        self.client: EngineClient | None = None

    async def run(self) -> None:
        """Stay joined until cancelled."""
        while True:
            door = await self._process.find() or await self._next_engine()
            if door:
                await self._follow(door)
                self._again = True
                await asyncio.sleep(_REJOIN_AFTER_S)

    def retry(self) -> None:
        """Try again now: a person asked for it."""
        self._asked.set()

    async def refresh(self) -> None:
        """Keep the figures current between events; runs beside `run` until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            if self.client is None or self._state.link is not Link.RUNNING:
                continue
            try:
                self._state.apply_status(await self.client.status())
            except (EngineGone, Refused):
                _log.debug("The status could not be read.", exc_info=True)

    async def _follow(self, door: EngineFile) -> None:
        """Apply the engine's events until the stream ends."""
        async with EngineClient(door) as client, aclosing(client.events()) as events:
            self.client = client
            try:
                async for event in events:
                    if isinstance(event, Resync):
                        return
                    self._state.apply(event)
                    self._state.set_link(Link.RUNNING)
            except (EngineGone, Refused) as error:
                _log.info("The event stream ended: %s", error)
            finally:
                self.client = None
        self._state.set_link(Link.LOST)

    async def _next_engine(self) -> EngineFile | None:
        """Take one step towards an engine where none answers; None means look again."""
        if self._again:
            if door := await self._be_patient():
                return door
            if await self._was_stopped():
                return await self._wait(Link.STOPPED)
            delay_s = self._budget.take()
            if delay_s is None:
                return await self._wait(Link.FAILED, self._process.failure)
            await asyncio.sleep(delay_s)
        return await self._start()

    async def _start(self) -> EngineFile | None:
        self._again = True
        try:
            return await self._process.start()
        except EngineFailed as error:
            if error.failure.kind is FailureKind.CRASHED:
                _log.warning("The engine ended while it started: %s", error)
                return None
            return await self._wait(Link.FAILED, error.failure)

    async def _be_patient(self) -> EngineFile | None:
        """Give an engine that lives but does not answer some time: it may only be busy."""
        deadline = time.monotonic() + _PATIENCE_S
        while self._process.alive and time.monotonic() < deadline:
            await asyncio.sleep(_REJOIN_AFTER_S)
            if door := await self._process.find():
                return door
        return None

    async def _was_stopped(self) -> bool:
        """Return whether the engine stopped because somebody asked it to, rather than died."""
        code = self._process.exit_code
        return code == 0 if code is not None else await self._process.door_is_shut()

    async def _wait(self, link: Link, failure: Failure | None = None) -> EngineFile | None:
        """Wait for a person to ask for another try, or for an engine started elsewhere."""
        self._state.set_link(link, failure)
        while not self._asked.is_set():
            if door := await self._process.find():
                return door
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), _LOOK_EVERY_S)
        self._asked.clear()
        self._budget.renew()
        self._again = False
        self._state.set_link(Link.STARTING)
        return None
