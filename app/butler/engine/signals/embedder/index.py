"""An exact index of vectors in memory: which of the kept ones are nearest to a new one.

Every scope has a matrix of its own, so that a search sees nothing of another scope and pays for
nothing of it. Exact beats approximate here: up to some ten thousand vectors one multiplication
is quicker than any graph, adding and removing are trivial, and no near text is ever missed.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from butler.engine.signals.embedder.model import Embedding, Model

CAPACITY = 20_000
_FIRST_ROWS = 16


@dataclass(frozen=True, slots=True)
class Hit:
    """A kept vector and its cosine with the one asked for."""

    key: Hashable
    score: float


class VectorIndex:
    """Vectors of one model by key and scope; the oldest leaves when there is no more room.

    Raises ValueError where a vector was made by another model: open a new index for that one.
    """

    def __init__(self, model_id: str, dimension: int, capacity: int = CAPACITY) -> None:
        if capacity < 1:
            raise ValueError("an index has room for at least one vector")
        self.model_id = model_id
        self.dimension = dimension
        self.capacity = capacity
        self._shelves: dict[Hashable, _Shelf] = {}
        # In the order of adding: the first is the oldest.
        self._scopes: dict[Hashable, Hashable] = {}

    def fits(self, model: Model | None) -> bool:
        """Say whether vectors of a model belong in here; else a new index must be filled."""
        return model is not None and model.id == self.model_id

    def __len__(self) -> int:
        return len(self._scopes)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._scopes

    def add(self, key: Hashable, embedding: Embedding, scope: Hashable = None) -> Hashable | None:
        """Keep a vector, in place of an earlier one of this key; return the key that had to go."""
        values = self._values(embedding)
        self.remove(key)
        evicted = None
        if len(self._scopes) >= self.capacity:
            evicted = next(iter(self._scopes))
            self.remove(evicted)
        shelf = self._shelves.get(scope)
        if shelf is None:
            shelf = self._shelves[scope] = _Shelf(self.dimension)
        shelf.add(key, values)
        self._scopes[key] = scope
        return evicted

    def remove(self, key: Hashable) -> bool:
        """Forget a vector; say whether there was one."""
        if key not in self._scopes:
            return False
        scope = self._scopes.pop(key)
        shelf = self._shelves[scope]
        shelf.remove(key)
        if not shelf.keys:
            del self._shelves[scope]
        return True

    def search(
        self, embedding: Embedding, scope: Hashable = None, *, count: int = 1, least: float = -1.0
    ) -> list[Hit]:
        """Return the nearest vectors of a scope, nearest first, no cosine below `least`."""
        values = self._values(embedding)
        shelf = self._shelves.get(scope)
        return shelf.search(values, count, least) if shelf else []

    def score(self, key: Hashable, embedding: Embedding) -> float | None:
        """Return the cosine with one kept vector; None where there is none of this key."""
        values = self._values(embedding)
        if key not in self._scopes:
            return None
        return self._shelves[self._scopes[key]].score(key, values)

    def _values(self, embedding: Embedding) -> NDArray[np.float32]:
        if embedding.model_id != self.model_id or embedding.values.shape != (self.dimension,):
            raise ValueError(
                f"a vector of {embedding.model_id} does not fit the index of {self.model_id}"
            )
        return embedding.values


class _Shelf:
    """The vectors of one scope: rows of a matrix that grows by doubling, without gaps."""

    def __init__(self, dimension: int) -> None:
        self.keys: list[Hashable] = []
        self._rows: dict[Hashable, int] = {}
        self._matrix = np.empty((_FIRST_ROWS, dimension), np.float32)

    def add(self, key: Hashable, values: NDArray[np.float32]) -> None:
        row = len(self.keys)
        if row == len(self._matrix):
            grown = np.empty((2 * row, self._matrix.shape[1]), np.float32)
            grown[:row] = self._matrix
            self._matrix = grown
        self._matrix[row] = values
        self._rows[key] = row
        self.keys.append(key)

    def remove(self, key: Hashable) -> None:
        # The last row moves into the gap.
        row, last = self._rows.pop(key), self.keys.pop()
        if row < len(self.keys):
            self._matrix[row] = self._matrix[len(self.keys)]
            self.keys[row] = last
            self._rows[last] = row

    def search(self, values: NDArray[np.float32], count: int, least: float) -> list[Hit]:
        # Row by row: a product of matrices would wake BLAS's threads, which spin against the rest.
        scores: NDArray[np.float32] = np.vecdot(self._matrix[: len(self.keys)], values)
        nearest = _nearest(scores, count)
        return [Hit(self.keys[row], float(scores[row])) for row in nearest if scores[row] >= least]

    def score(self, key: Hashable, values: NDArray[np.float32]) -> float:
        return float(self._matrix[self._rows[key]] @ values)


def pack(embedding: Embedding) -> bytes:
    """Return a vector's numbers, to be stored beside the id of its model."""
    return embedding.values.astype("<f4").tobytes()


def unpack(model: Model, data: bytes) -> Embedding:
    """Return the vector that `pack` wrote; raises ValueError where it is of another size."""
    values = np.frombuffer(data, "<f4").astype(np.float32)
    if values.shape != (model.dimension,):
        raise ValueError(f"{len(data)} bytes are no vector of {model.name}")
    return Embedding(model.id, values)


def _nearest(scores: NDArray[np.float32], count: int) -> list[int]:
    """Return the places of the largest scores, largest first."""
    if count == 1:
        return [int(scores.argmax())]
    if count < len(scores):
        found = np.argpartition(scores, -count)[-count:]
    else:
        found = np.arange(len(scores))
    return [int(row) for row in found[np.argsort(-scores[found], kind="stable")]]
