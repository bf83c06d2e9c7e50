"""The model itself, run by fastembed: texts become vectors of length one, one text at a time.

This module loads numpy, onnxruntime and fastembed. Everything here blocks, and only one thread
at a time may use an encoder.
"""

import numpy as np
from fastembed import TextEmbedding
from numpy.typing import ArrayLike, NDArray
from tokenizers import Tokenizer

from butler.engine.signals.embedder.index import VectorIndex
from butler.engine.signals.embedder.model import Embedding, Model, ModelError, NoEmbedding
from butler.engine.signals.embedder.reading import Reader

_QUESTION = "How do I reset the password of my account?"
_ASKED_AGAIN = "How can I reset my account's password?"
_UNRELATED = "The ferry to the islands leaves at noon on Sundays, weather permitting, from pier 4."
_LEAST_MARGIN = 0.02
_SAME_COSINE = 0.999


class Encoder:
    """A loaded model that has shown that it works; raises ModelError where it has not."""

    def __init__(self, embedding: TextEmbedding, name: str, fingerprint: str) -> None:
        tokenizer = getattr(embedding.model, "tokenizer", None)
        if not isinstance(tokenizer, Tokenizer):
            raise ModelError(f"{name} has no tokenizer of its own; choose another model.")
        self._embedding = embedding
        self._reader = Reader(tokenizer)
        self.model = self._tried(name, fingerprint)

    def embed(self, text: str) -> Embedding | NoEmbedding:
        """Return the vector of a text's head and tail; or why there is none."""
        reading = self._reader.read(text)
        if isinstance(reading, NoEmbedding):
            return reading
        return Embedding(self.model.id, self._vectors([reading.text])[0])

    def _vectors(self, texts: list[str]) -> list[NDArray[np.float32]]:
        return [_unit(values) for values in self._embedding.embed(texts)]

    def _tried(self, name: str, fingerprint: str) -> Model:
        """Write two texts into an index and read the nearer one back; return what was learnt."""
        alone = self._vectors([_QUESTION])[0]
        beside = self._vectors([_QUESTION, _ASKED_AGAIN, _UNRELATED])
        is_same = bool(alone @ beside[0] >= _SAME_COSINE)
        model = Model(name, fingerprint, len(alone), self._reader.max_tokens, is_same)
        index = VectorIndex(model.id, model.dimension)
        for text in (_UNRELATED, _ASKED_AGAIN):
            index.add(text, Embedding(model.id, self._vectors([text])[0]))
        hits = index.search(Embedding(model.id, alone), count=2)
        near = [hit.key for hit in hits] == [_ASKED_AGAIN, _UNRELATED]
        if not near or hits[0].score - hits[1].score < _LEAST_MARGIN:
            raise ModelError(
                f"{name} does not tell a question from an unrelated sentence: its files do not "
                "belong together, or it is no model for comparing texts. Choose another one."
            )
        return model


def _unit(values: ArrayLike) -> NDArray[np.float32]:
    """Return a vector of length one; a model that gives no numbers gives a vector of zeros."""
    wide = np.nan_to_num(np.asarray(values, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    unit: NDArray[np.float32] = (wide / max(float(np.linalg.norm(wide)), 1e-12)).astype(np.float32)
    return unit
