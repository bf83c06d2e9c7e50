"""Tasks are kept, named, and their errors are not lost."""

import asyncio

import pytest

from butler.desktop.background import Background


async def test_what_still_runs_is_cancelled() -> None:
    background = Background()
    task = background.start("forever", asyncio.sleep(60))
    assert task.get_name() == "forever"
    await background.stop()
    assert task.cancelled()


@pytest.mark.allow_logs("The task doomed failed")
async def test_an_error_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ValueError("no good")

    background = Background()
    task = background.start("doomed", fail())
    await asyncio.wait([task])
    await asyncio.sleep(0)
    assert "The task doomed failed." in caplog.text
    assert "no good" in caplog.text
    await background.stop()
