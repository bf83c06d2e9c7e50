"""What the layers share and every revision finds again: it lives as long as the process."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from butler.engine.dispatch.health import Health
from butler.engine.routing.pins import Pins
from butler.engine.settings import Settings
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Lasting:
    """Caches, pins, models and what is known of the targets; edits leave them as they are."""

    health: Health
    pins: Pins
    embedding: ChosenEmbedder

    def follow(self, settings: Settings) -> None:
        """Take over what a revision says of them; what takes time is done behind what serves."""
        self.embedding.follow(settings)


async def open_lasting(stack: AsyncExitStack, data_dir: Path, _vault: Vault) -> Lasting:
    """Open all of it, empty or as it was left; `stack` closes it."""
    embedding = ChosenEmbedder(data_dir / "models")
    stack.push_async_callback(embedding.close)
    return Lasting(Health(), Pins(), embedding)
