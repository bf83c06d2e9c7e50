"""Where things lie on this machine."""

from pathlib import Path

import pytest

from butler.contract.places import data_dir, engine_file


def test_the_environment_names_the_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUTLER_DATA_DIR", "~/there")
    assert data_dir() == Path.home() / "there"
    assert engine_file(data_dir()) == Path.home() / "there" / "engine.json"


@pytest.mark.parametrize("value", [None, ""])
def test_else_it_is_the_platforms_own_place(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("BUTLER_DATA_DIR")
    if value is not None:
        monkeypatch.setenv("BUTLER_DATA_DIR", value)
    assert data_dir().is_relative_to(Path.home())
    assert data_dir().name == "smart-routing-butler"
