"""What is said about embeddings: the model, a vector, why there is none, how the embedder is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ModelError(Exception):
    """A model can not be used; the message says why, and what to do."""


class NotHereError(ModelError):
    """A model of fastembed's list is not on this machine, but could be downloaded."""


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model. Vectors of models with different `id` can not be compared.

    `is_batch_independent` says whether a text keeps its vector beside other texts; models whose
    activations are rounded by what else is in the batch do not.
    """

    name: str
    fingerprint: str
    dimension: int
    max_tokens: int
    is_batch_independent: bool = True

    @property
    def id(self) -> str:
        """The name together with what the model's file holds: a changed file is another model."""
        return f"{self.name}@{self.fingerprint}"


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """A text's vector, of length one, and the model that made it."""

    model_id: str
    values: "NDArray[np.float32]"


class Why(StrEnum):
    """Why a text has no embedding."""

    ABSENT = "absent"
    LOADING = "loading"
    FAILED = "failed"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    BUSY = "busy"
    LATE = "late"

    @property
    def lasts(self) -> bool:
        """Whether it lies in the text: asking again gives the same."""
        return self in {Why.EMPTY, Why.UNREADABLE}


@dataclass(frozen=True, slots=True)
class NoEmbedding:
    """There is no embedding; `detail` is for the trace and holds nothing of the text."""

    why: Why
    detail: str


class Phase(StrEnum):
    """How far the embedder is."""

    ABSENT = "absent"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EmbedderState:
    """The embedder as it is: `reason` in words, the model once ready, how much has come over.

    `fetched_share` is between 0 and 1 while a model is being downloaded, else None.
    """

    phase: Phase
    reason: str = ""
    model: Model | None = None
    fetched_share: float | None = None
