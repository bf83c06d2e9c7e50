"""What the semantic cache writes down, as bytes that a shelf seals."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from butler.engine.kept import KeptAnswer


@dataclass(frozen=True, slots=True)
class Vector:
    """A vector as it is stored: its model and its numbers."""

    model_id: str
    values: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """A question with its answer. `source` is the call that was answered."""

    source: str
    scope: bytes
    sharer: str
    text: str
    answer: KeptAnswer
    vector: Vector | None = None

    def written(self) -> bytes:
        """Return it as bytes."""
        answer, vector = self.answer, self.vector
        return orjson.dumps(
            {
                "source": self.source,
                "scope": self.scope.hex(),
                "sharer": self.sharer,
                "text": self.text,
                "answer": {
                    "provider": answer.provider,
                    "model": answer.model,
                    "text": answer.text,
                    "finish": answer.finish,
                    "input_tokens": answer.input_tokens,
                    "output_tokens": answer.output_tokens,
                    "at": answer.at.isoformat(),
                },
                "model_id": vector.model_id if vector else None,
                "vector": base64.b64encode(vector.values).decode() if vector else None,
            }
        )


def read_record(data: bytes) -> Record | None:
    """Read what `written` wrote; None where it is nothing of ours."""
    try:
        found: dict[str, Any] = orjson.loads(data)
        answer = found["answer"]
        kept = KeptAnswer(
            answer["provider"],
            answer["model"],
            answer["text"],
            (),
            answer["finish"],
            answer["input_tokens"],
            answer["output_tokens"],
            datetime.fromisoformat(answer["at"]),
        )
        vector = None
        if found["vector"] is not None:
            vector = Vector(found["model_id"], base64.b64decode(found["vector"]))
        scope = bytes.fromhex(found["scope"])
        return Record(found["source"], scope, found["sharer"], found["text"], kept, vector)
    except (ValueError, KeyError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class HitRecord:
    """A call that was answered from here: with which entry, how alike, and what differed.

    `caller` is the token that asked; the words lie here only, sealed.
    """

    entry: str
    caller: str | None
    sharer: str
    text: str
    score: float
    differences: tuple[str, ...]
    at: datetime

    def written(self) -> bytes:
        """Return it as bytes."""
        return orjson.dumps(
            {
                "entry": self.entry,
                "caller": self.caller,
                "sharer": self.sharer,
                "text": self.text,
                "score": self.score,
                "differences": self.differences,
                "at": self.at.isoformat(),
            }
        )


def read_hit(data: bytes) -> HitRecord | None:
    """Read what `written` wrote; None where it is nothing of ours."""
    try:
        found: dict[str, Any] = orjson.loads(data)
        return HitRecord(
            found["entry"],
            found["caller"],
            found["sharer"],
            found["text"],
            found["score"],
            tuple(found["differences"]),
            datetime.fromisoformat(found["at"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Lesson:
    """Words of which one answer did not do for the other, and the cosine that they need now."""

    sharer: str
    text: str
    least: float

    def written(self) -> bytes:
        """Return it as bytes."""
        return orjson.dumps({"sharer": self.sharer, "text": self.text, "least": self.least})


def read_lesson(data: bytes) -> Lesson | None:
    """Read what `written` wrote; None where it is nothing of ours."""
    try:
        found: dict[str, Any] = orjson.loads(data)
        return Lesson(found["sharer"], found["text"], float(found["least"]))
    except (ValueError, KeyError, TypeError):
        return None
