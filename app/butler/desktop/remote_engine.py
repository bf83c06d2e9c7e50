"""An engine on another machine: found at its address, never started or stopped from here."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Self

from butler.contract.engine_file import EngineFile
from butler.desktop.engine_client import EngineClient, EngineGone, Refused
from butler.desktop.engine_process import EngineFailed
from butler.desktop.failure import Failure, FailureKind

URL, TOKEN = "BUTLER_ENGINE_URL", "BUTLER_ENGINE_TOKEN"
_ANSWER_S = 5.0


class RemoteEngine:
    """`url` is that of its admin API; the token is the one in its `engine.json`."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._token = token

    @classmethod
    def named(cls, environ: Mapping[str, str] = os.environ) -> Self | None:
        """Return the engine that the environment names, if it names one."""
        url = environ.get(URL, "").strip()
        return cls(url, environ.get(TOKEN, "").strip()) if url else None

    @property
    def alive(self) -> bool:
        """Nothing that runs there is ours."""
        return False

    @property
    def exit_code(self) -> int | None:
        """How it ended is not known here."""
        return None

    @property
    def failure(self) -> Failure:
        """Say which engine does not answer."""
        said = f"No engine answers at {self._url}, or not with the token of {TOKEN}."
        return Failure(FailureKind.REFUSED, (said,))

    async def door_is_shut(self) -> bool:
        """Whether it was stopped on purpose can not be seen from here."""
        return False

    async def find(self) -> EngineFile | None:
        """Return its door plate, as its own answer tells it."""
        door = EngineFile(
            pid=0,
            version="",
            admin_url=self._url,
            token=self._token,
            base_url=self._url,
            started_at=datetime.now(UTC),
        )
        async with EngineClient(door, timeout_s=_ANSWER_S) as client:
            try:
                status = await client.status()
            except (EngineGone, Refused):
                return None
        told = {"pid": status.pid, "version": status.version, "base_url": status.base_url}
        return door.model_copy(update=told)

    async def start(self) -> EngineFile:
        """It can not be started from here: raises `EngineFailed`."""
        raise EngineFailed(self.failure)

    async def stop(self) -> None:
        """Leave it alone."""
