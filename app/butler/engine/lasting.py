"""What the layers share and every revision finds again: it lives as long as the process."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from butler.engine.arbiter.arbiter import Arbiter
from butler.engine.arbiter.choice import Choice
from butler.engine.caches.exact.cache import ExactCache
from butler.engine.caches.similar.entries import Bounds
from butler.engine.caches.similar.memory import SimilarCache
from butler.engine.caches.similar.sealed import SealedShelf
from butler.engine.dispatch.health import Health
from butler.engine.routing.categories import Category
from butler.engine.routing.meanings import Meanings
from butler.engine.routing.pins import Pins
from butler.engine.settings import Settings
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.vault.vault import Vault

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Lasting:
    """Caches, pins, models and what is known of the targets; edits leave them as they are."""

    health: Health
    pins: Pins
    embedding: ChosenEmbedder
    arbiter: Arbiter
    similar: SimilarCache
    meanings: Meanings
    exact: ExactCache

    def follow(
        self, settings: Settings, categories: Sequence[Category], *, is_demo: bool = False
    ) -> None:
        """Take over what a revision says of them; what takes time is done behind what serves.

        In the demo nobody looks for the arbiter's server: nothing leaves the program.
        """
        self.embedding.follow(settings)
        self.exact.follow(settings.number("cache.max_mb"))
        self.similar.bound(
            Bounds(
                settings.number("cache.semantic_entries"),
                settings.number("cache.max_mb") * _MB,
                settings.number("cache.semantic_ttl_s"),
            )
        )
        is_wanted = any(category.targets for category in categories)
        is_asked = is_wanted and settings.flag("semantic.enabled")
        self.meanings.follow(
            text for category in categories if is_asked for text in category.utterances
        )
        self.arbiter.follow(Choice.of(settings), is_wanted=is_wanted and not is_demo)


async def open_lasting(stack: AsyncExitStack, data_dir: Path, vault: Vault) -> Lasting:
    """Open all of it, empty or as it was left; `stack` closes it."""
    embedding = ChosenEmbedder(data_dir / "models")
    stack.push_async_callback(embedding.close)
    arbiter = Arbiter()
    stack.push_async_callback(arbiter.close)
    similar = SimilarCache(SealedShelf(data_dir / "cache" / "similar", vault), embedding)
    similar.start()
    stack.push_async_callback(similar.close)
    meanings = Meanings(embedding)
    stack.callback(meanings.close)
    exact = ExactCache(data_dir / "cache" / "exact", vault)
    await exact.open()
    stack.push_async_callback(exact.close)
    return Lasting(Health(), Pins(), embedding, arbiter, similar, meanings, exact)
