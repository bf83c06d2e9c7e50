"""What lasts while an engine lives, empty, for rooms that are tested without one."""

from pathlib import Path

from butler.engine.arbiter.arbiter import Arbiter
from butler.engine.caches.exact.cache import ExactCache
from butler.engine.caches.similar.memory import nothing_kept
from butler.engine.dispatch.health import Health
from butler.engine.lasting import Lasting
from butler.engine.routing.meanings import Meanings
from butler.engine.routing.pins import Pins
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.vault.vault import Vault


def lasting() -> Lasting:
    """Nothing known, nothing kept, no model."""
    embedding = ChosenEmbedder(Path("no-models"))
    exact = ExactCache(Path("no-cache"), Vault(bytes(32)))
    meanings = Meanings(embedding)
    return Lasting(Health(), Pins(), embedding, Arbiter(), nothing_kept(), meanings, exact)
