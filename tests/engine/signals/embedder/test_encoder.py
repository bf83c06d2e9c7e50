"""A loaded model: vectors of length one, and a self-test that a broken model does not pass."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from butler.engine.signals.embedder.encoder import Encoder
from butler.engine.signals.embedder.loading import open_model
from butler.engine.signals.embedder.model import Embedding, ModelError, NoEmbedding, Why
from butler.engine.signals.embedder.sources import local
from tests.engine.signals.embedder.tiny import (
    make_config,
    make_model,
    make_onnx,
    make_tokenizer,
    make_weights,
)


def values(encoder: Encoder, text: str) -> NDArray[np.float32]:
    found = encoder.embed(text)
    assert isinstance(found, Embedding)
    assert found.model_id == encoder.model.id
    return found.values


def test_a_vector_has_length_one_and_the_models_dimension(tiny: Encoder) -> None:
    vector = values(tiny, "sort a list of numbers")
    assert vector.dtype == np.float32
    assert vector.shape == (tiny.model.dimension,) == (64,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_texts_of_the_same_words_are_near(tiny: Encoder) -> None:
    question = values(tiny, "how do i sort a list of numbers")
    again = values(tiny, "how do i sort the list of numbers")
    other = values(tiny, "what shall we cook tonight")
    assert question @ again > question @ other + 0.2


def test_a_text_keeps_its_vector(tiny: Encoder) -> None:
    assert (values(tiny, "the same") == values(tiny, "the same")).all()
    assert tiny.model.is_batch_independent


def test_a_long_text_differs_by_its_tail(tiny: Encoder) -> None:
    document = "lorem ipsum dolor sit amet " * 2_000
    first, second = values(tiny, f"{document} sum it up"), values(tiny, f"{document} fix it now")
    assert first @ second < 0.999


def test_what_can_not_be_read_gets_no_vector(tiny: Encoder) -> None:
    found = tiny.embed("请帮我写一首关于秋天的诗")
    assert isinstance(found, NoEmbedding)
    assert found.why is Why.UNREADABLE


@pytest.mark.parametrize("broken", [0.0, np.nan])
def test_a_model_that_tells_nothing_apart_is_refused(tmp_path: Path, broken: float) -> None:
    folder = make_model(tmp_path / "broken")
    config = make_config(make_tokenizer().get_vocab_size())
    weights = make_weights(config)
    weights["embeddings.word_embeddings.weight"] *= 0
    weights["encoder.layer.0.output.LayerNorm.bias"] += np.float32(broken)
    (folder / "model.onnx").write_bytes(make_onnx(config, weights))
    with pytest.raises(ModelError, match="local/broken does not tell"):
        open_model(local(folder), folder)


def test_the_bound_of_the_models_tokenizer_is_kept(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "short", max_tokens=40)
    options = json.loads((folder / "tokenizer_config.json").read_text())
    assert options["model_max_length"] == 40
    encoder = open_model(local(folder), folder)
    assert encoder.model.max_tokens == 40
    values(encoder, "many words " * 500)
