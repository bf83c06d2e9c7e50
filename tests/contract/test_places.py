"""Where things lie on this machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from butler.contract import places
from butler.contract.places import data_dir, engine_file, resource

_PRINT = "from butler.contract.places import resource; print(resource('i18n', 'en.json'))"


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


def test_the_repository_has_them() -> None:
    assert resource("i18n", "en.json").is_file()
    assert resource("icons", "butler.svg").is_file()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"i18n/xx\.json"):
        resource("i18n", "xx.json")


def test_an_installed_package_brings_them_along(tmp_path: Path) -> None:
    package = tmp_path / "butler"
    contract = package / "contract"
    contract.mkdir(parents=True)
    source = Path(places.__file__)
    for file in (source, source.with_name("__init__.py")):
        shutil.copy(file, contract)
    shutil.copy(source.parents[1] / "__init__.py", package)
    carried = package / "_resources" / "i18n" / "en.json"
    carried.parent.mkdir(parents=True)
    carried.write_text("{}")

    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    found = subprocess.check_output([sys.executable, "-c", _PRINT], env=environment, text=True)

    assert Path(found.strip()) == carried
