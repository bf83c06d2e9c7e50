"""The embedder follows the settings, and says how it is."""

from pathlib import Path
from typing import Any

import pytest

from butler.engine.settings import Settings
from butler.engine.signals.embedder.chosen import ChosenEmbedder
from butler.engine.signals.embedder.model import EmbedderState, Phase


def settings(**values: Any) -> Settings:
    return Settings({f"embedding.{key}": value for key, value in values.items()}, {}, {})


async def settled(chosen: ChosenEmbedder) -> EmbedderState:
    task = chosen._choosing
    if task is not None:
        await task
    return await chosen.embedder.settled()


async def test_it_loads_the_model_that_is_named(tmp_path: Path, tiny_folder: Path) -> None:
    chosen = ChosenEmbedder(tmp_path)
    heard: list[Phase] = []
    chosen.listen(lambda state: heard.append(state.phase))
    chosen.follow(settings(model=str(tiny_folder)))
    state = await settled(chosen)
    assert state.phase is Phase.READY
    assert chosen.state == state
    assert heard == [Phase.LOADING, Phase.READY]
    chosen.follow(settings(model=str(tiny_folder)))
    assert (await settled(chosen)) is state
    chosen.follow(settings(enabled=False))
    assert (await settled(chosen)).reason == "the owner has switched it off"
    await chosen.close()


@pytest.mark.allow_logs("no embedding model")
async def test_a_folder_without_a_model_fails_and_says_so(tmp_path: Path) -> None:
    chosen = ChosenEmbedder(tmp_path)
    chosen.follow(settings(model=str(tmp_path / "nothing")))
    assert (await settled(chosen)).phase is Phase.FAILED
    await chosen.close()
