"""Answers of the semantic cache that were wrong."""

from pydantic import BaseModel


class Rejection(BaseModel):
    """A kept answer was taken back. Such words need this cosine from now on; None: none will do."""

    request: str
    least_similarity: float | None


class SimilarHit(BaseModel):
    """How a call was answered with the answer to another question.

    `differences` are the places in which the two differ; they are stored sealed, not in the log.
    """

    request: str
    similarity: float
    differences: list[str]
