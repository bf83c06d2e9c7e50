"""Data files are found, or their absence is told."""

import pytest

from butler.engine.providers.resources import read_resource


def test_what_is_there_is_read() -> None:
    assert read_resource("presets", "providers.json").startswith(b"[")


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"presets/nothing\.json is missing"):
        read_resource("presets", "nothing.json")
