"""All that is known of vendors is read once, before anybody needs it."""

from butler.engine.providers.families import families
from butler.engine.providers.presets import presets
from butler.engine.providers.vendors import load_vendors


def test_it_is_read_once() -> None:
    load_vendors()
    assert presets() is presets()
    assert families() is families()
