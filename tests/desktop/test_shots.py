"""Pictures of every page are taken from a real engine over a made-up month."""

import asyncio
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from butler.desktop.pages.listed import PAGES
from tests.desktop.programs import environment
from tests.desktop.shots import SIZE

_ALL_S = 120.0


@pytest.mark.e2e
@pytest.mark.slow
@pytest.mark.timeout(_ALL_S + 10)
async def test_every_page_has_its_picture(tmp_path: Path) -> None:
    options = ("--language", "en", "--scheme", "light", "--calls-a-day", "10")
    taking = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.desktop.shots", str(tmp_path), *options,
        env=environment(), stdout=-1, stderr=-1,
    )  # fmt: skip
    out, errors = await asyncio.wait_for(taking.communicate(), _ALL_S)
    assert taking.returncode == 0, errors.decode()[-2000:]
    taken = [tmp_path / name for name in out.decode().split()]
    assert len(taken) == len(PAGES) + 1
    assert all(QImage(str(file)).size() == SIZE for file in taken[: len(PAGES)])
    assert taken[-1].name.startswith("wizard")
    # No two pages look the same, so none is of a page that has not come.
    pictures = await asyncio.to_thread(lambda: {file.read_bytes() for file in taken})
    assert len(pictures) == len(taken)
