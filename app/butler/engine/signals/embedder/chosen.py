"""The embedding model that the settings name, loaded behind what serves."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from butler.engine.settings import Settings
from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.model import EmbedderState
from butler.engine.signals.embedder.sources import source_of

_NOT_BUILT = "this installation was built without a model"
_SWITCHED_OFF = "the owner has switched it off"

Listener = Callable[[EmbedderState], None]


class ChosenEmbedder:
    """Keeps an embedder at what the settings say; `directory` is where downloads lie."""

    def __init__(self, directory: Path) -> None:
        self._listeners: list[Listener] = []
        self.embedder = Embedder(directory, self._heard)
        self._choice: tuple[bool, str, bool] | None = None
        self._choosing: asyncio.Task[None] | None = None

    @property
    def state(self) -> EmbedderState:
        """How the embedder is."""
        return self.embedder.state

    def listen(self, listener: Listener) -> None:
        """Call this at every new state."""
        self._listeners.append(listener)

    def follow(self, settings: Settings) -> None:
        """Load another model in the background, where the settings name another."""
        choice = (
            settings.flag("embedding.enabled"),
            settings.text("embedding.model") or "",
            settings.flag("embedding.download"),
        )
        if choice == self._choice:
            return
        self._choice = choice
        if self._choosing is not None:
            self._choosing.cancel()
        self._choosing = asyncio.create_task(self._choose(*choice), name="embedding-model")

    async def close(self) -> None:
        """Let go of the model."""
        if self._choosing is not None:
            self._choosing.cancel()
        await self.embedder.close()

    async def _choose(self, enabled: bool, name: str, may_download: bool) -> None:
        if not enabled:
            self.embedder.use(None, _SWITCHED_OFF)
            return
        # It looks at the disk.
        source = await asyncio.to_thread(source_of, name, may_download=may_download)
        self.embedder.use(source, _NOT_BUILT)

    def _heard(self, state: EmbedderState) -> None:
        for listener in self._listeners:
            listener(state)
