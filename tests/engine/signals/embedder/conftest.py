"""The models that tests load: a tiny one made here, and the real one where it was built."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from butler.engine.signals.embedder.embedder import Embedder
from butler.engine.signals.embedder.encoder import Encoder
from butler.engine.signals.embedder.loading import open_model
from butler.engine.signals.embedder.sources import local, shipped
from tests.engine.signals.embedder.tiny import make_model


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Encoder:
    return open_model(local(tiny_folder), tiny_folder)


@pytest.fixture(scope="session")
def real() -> Encoder:
    source = shipped()
    if source is None:
        pytest.skip("the embedding model was not built: run packaging/models/build.py")
    return open_model(source, source.folder)


@pytest.fixture
async def embedder(tmp_path: Path) -> AsyncIterator[Embedder]:
    made = Embedder(tmp_path / "models")
    yield made
    await made.close()


@pytest.fixture
async def ready(embedder: Embedder, tiny_folder: Path) -> Embedder:
    embedder.use(local(tiny_folder))
    await embedder.settled()
    return embedder
