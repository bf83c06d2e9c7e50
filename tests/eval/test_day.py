"""On a mixed day every layer is of use: none decides less than two calls in a hundred."""

from pathlib import Path

import pytest

from tests.e2e.fixtures import FLUSH_MS
from tests.eval.day import LAYERS, LEAST, furnished, read_day, replay


@pytest.mark.timeout(180)
async def test_every_layer_decides_its_share_of_a_mixed_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("butler.engine.ledger.recorder.FLUSH_EVERY_MS", FLUSH_MS)
    async with furnished(tmp_path / "data") as among:
        day = await replay(among, read_day())
    missing = [layer for layer in LAYERS if day.share(layer) < LEAST]
    assert not missing, day.table()
    # It is a real day only where one layer does not do all the work.
    assert max(day.decided.values()) < day.calls / 2, day.table()
