"""Reads all that is known of vendors and their models, before anybody needs it."""

from butler.engine.providers.families import families
from butler.engine.providers.presets import presets


def load_vendors() -> None:
    """Read presets and families, which takes files; raises ValueError or TypeError on bad data."""
    presets()
    families()
