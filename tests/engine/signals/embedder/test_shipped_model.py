"""The model that we build and ship: its bytes, its closeness to the original, what it is good for.

`exact_vectors.json` holds what `reference.py` gives with the original 32-bit weights, as 16-bit
numbers in base64.
"""

import base64
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from butler.engine.signals.embedder.encoder import Encoder
from butler.engine.signals.embedder.model import Embedding, NoEmbedding, Why
from butler.engine.signals.embedder.sources import shipped

SHA256 = "bcfdca5e4b044b835f12e80f93653addfbfb3fe795e719d8149f3049b32bcbdf"
EXACT = json.loads(Path(__file__).with_name("exact_vectors.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder() -> Path:
    source = shipped()
    if source is None:
        pytest.skip("the embedding model was not built: run packaging/models/build.py")
    return source.folder


def vector(real: Encoder, text: str) -> NDArray[np.float32]:
    found = real.embed(text)
    assert isinstance(found, Embedding)
    return found.values


def test_every_machine_builds_the_same_bytes(folder: Path) -> None:
    model = folder / "model.onnx"
    assert hashlib.sha256(model.read_bytes()).hexdigest() == SHA256
    assert model.stat().st_size < 23_000_000


def test_the_licence_and_what_was_changed_come_with_it(folder: Path) -> None:
    assert "Apache License" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert "What was changed" in (folder / "NOTICE").read_text(encoding="utf-8")


def test_it_is_what_it_says(real: Encoder) -> None:
    assert real.model.name == "sentence-transformers/all-MiniLM-L6-v2"
    assert (real.model.dimension, real.model.max_tokens) == (384, 256)
    assert real.model.is_batch_independent


def test_eight_bits_give_what_the_original_gives(real: Encoder) -> None:
    cosines = []
    for entry in EXACT:
        exact = np.frombuffer(base64.b64decode(entry["vector"]), "<f2").astype(np.float64)
        cosines.append(float(vector(real, entry["text"]) @ exact / np.linalg.norm(exact)))
    assert min(cosines) >= 0.997
    assert np.mean(cosines) >= 0.999


def test_it_compares_by_meaning(real: Encoder) -> None:
    asked = vector(real, "How can I lower my electricity bill?")
    meant = vector(real, "Ways to spend less on power at home")
    other = vector(real, "How can I write a song about my home?")
    assert asked @ meant > asked @ other + 0.3


@pytest.mark.parametrize(
    "text", ["请帮我写一首关于秋天的诗", "今天天气怎么样", "Как дела сегодня?", "오늘 날씨 어때요"]
)
def test_it_is_not_asked_about_what_it_can_not_read(real: Encoder, text: str) -> None:
    found = real.embed(text)
    assert isinstance(found, NoEmbedding)
    assert found.why is Why.UNREADABLE


@pytest.mark.parametrize(
    "text",
    [
        "Schreib eine Funktion für größere Zahlen",
        "Écris un poème sur l'été à la plage",
        "def add(a, b):\n    return a + b  # 👍 why does x→y fail for ∑?",
        "What does 你好 mean when somebody says it to a friend in the morning at work?",
    ],
)
def test_what_it_can_read_it_embeds(real: Encoder, text: str) -> None:
    assert isinstance(real.embed(text), Embedding)
