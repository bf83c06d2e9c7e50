"""Opening models: from folders, by name, and what is said where that fails."""

import json
import shutil
import time
from pathlib import Path

import pytest

from butler.engine.signals.embedder.encoder import Encoder
from butler.engine.signals.embedder.loading import open_model
from butler.engine.signals.embedder.model import Embedding, ModelError
from butler.engine.signals.embedder.sources import (
    SHIPPED_NAME,
    FolderSource,
    NamedSource,
    Source,
    local,
)
from tests.engine.signals.embedder.tiny import make_model

HUB_NAME = "models--Qdrant--all-MiniLM-L6-v2-onnx"


def opened(source: Source, cache_dir: Path) -> Encoder:
    return open_model(source, cache_dir)


def cosine(one: Encoder, other: Encoder) -> float:
    vectors = [encoder.embed("sort a list of numbers") for encoder in (one, other)]
    first, second = (found.values for found in vectors if isinstance(found, Embedding))
    return float(first @ second)


def test_a_folder_of_the_owner(tiny_folder: Path, tmp_path: Path) -> None:
    model = opened(local(tiny_folder), tmp_path / "cache").model
    assert (model.name, model.dimension, model.max_tokens) == ("local/tiny", 64, 64)
    assert not (tmp_path / "cache").exists()


def test_the_same_folder_twice_is_the_same_model(tiny_folder: Path, tmp_path: Path) -> None:
    first, second = (opened(local(tiny_folder), tmp_path).model for _ in range(2))
    assert first == second


def test_other_weights_in_a_folder_are_another_model(tiny: Encoder, tmp_path: Path) -> None:
    other = opened(local(make_model(tmp_path / "tiny", seed=8)), tmp_path).model
    assert other.name == tiny.model.name
    assert other.id != tiny.model.id


def test_a_model_below_onnx(tiny: Encoder, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny")
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    other = opened(local(folder), tmp_path)
    assert other.model == tiny.model
    assert cosine(tiny, other) == pytest.approx(1, abs=1e-5)


def test_another_pooling_is_another_model(tiny: Encoder, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny")
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    with pytest.raises(ModelError, match="does not tell"):
        # The first state of one random layer is much the same in every text.
        opened(local(folder), tmp_path)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": False}))
    other = opened(local(folder), tmp_path)
    assert other.model.id != tiny.model.id
    assert cosine(tiny, other) == pytest.approx(1, abs=1e-5)


def test_the_shipped_name_is_known_to_fastembed(tiny_folder: Path, tmp_path: Path) -> None:
    model = opened(FolderSource(tiny_folder, SHIPPED_NAME), tmp_path).model
    assert model.name == SHIPPED_NAME


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json", "tokenizer_config.json"])
def test_a_folder_that_lacks_a_file_says_which(missing: str, tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny")
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=f"holds no model: {missing} is missing"):
        opened(local(folder), tmp_path)


def test_a_folder_with_a_broken_description(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "tiny", seed=9)
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelError, match=r"config\.json can not be read"):
        opened(local(folder), tmp_path)


def test_a_name_that_fastembed_does_not_know(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"Did you mean .*BAAI/bge-small-en-v1\.5"):
        opened(NamedSource("BAAI/bge-smal-en-v1.5", may_download=True), tmp_path)


def test_opening_fetches_nothing_and_nobody_waits(tmp_path: Path) -> None:
    began_s = time.monotonic()
    with pytest.raises(
        ModelError, match=r"not on this machine.* Allow the download of about 67 MB"
    ):
        opened(NamedSource("baai/BGE-small-en-v1.5"), tmp_path)
    assert time.monotonic() - began_s < 5


def test_a_model_that_was_fetched_before_needs_no_consent(
    tiny_folder: Path, tmp_path: Path
) -> None:
    fetched = tmp_path / HUB_NAME
    shutil.copytree(tiny_folder, fetched / "snapshots" / "0123abc")
    (fetched / "refs").mkdir()
    (fetched / "refs" / "main").write_text("0123abc")
    model = opened(NamedSource(SHIPPED_NAME), tmp_path).model
    assert (model.name, model.dimension) == (SHIPPED_NAME, 64)
