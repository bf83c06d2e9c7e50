"""Resources are found in the repository and beside an installed package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from butler.desktop import resources
from butler.desktop.resources import resource

_PRINT = "from butler.desktop.resources import resource; print(resource('i18n', 'en.json'))"


def test_the_repository_has_them() -> None:
    assert resource("i18n", "en.json").is_file()
    assert resource("icons", "butler.svg").is_file()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"i18n/xx\.json"):
        resource("i18n", "xx.json")


def test_an_installed_package_brings_them_along(tmp_path: Path) -> None:
    package = tmp_path / "butler"
    desktop = package / "desktop"
    desktop.mkdir(parents=True)
    source = Path(resources.__file__)
    for file in (source, source.with_name("__init__.py")):
        shutil.copy(file, desktop)
    shutil.copy(source.parents[1] / "__init__.py", package)
    carried = package / "_resources" / "i18n" / "en.json"
    carried.parent.mkdir(parents=True)
    carried.write_text("{}")

    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    found = subprocess.check_output([sys.executable, "-c", _PRINT], env=environment, text=True)

    assert Path(found.strip()) == carried
