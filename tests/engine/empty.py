"""What lasts while an engine lives, empty, for rooms that are tested without one."""

from pathlib import Path

from butler.engine.arbiter.arbiter import Arbiter
from butler.engine.caches.exact.cache import ExactCache
from butler.engine.dispatch.health import Health
from butler.engine.lasting import Lasting
from butler.engine.routing.pins import Pins
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.vault.vault import Vault


def lasting() -> Lasting:
    """Nothing known, nothing kept, no model."""
    exact = ExactCache(Path("no-cache"), Vault(bytes(32)))
    return Lasting(Health(), Pins(), ChosenEmbedder(Path("no-models")), Arbiter(), exact)
