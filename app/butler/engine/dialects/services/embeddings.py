"""`POST /v1/embeddings`: texts, or their tokens, as vectors.

Source: OpenAI API reference, "Embeddings". The vectors are lists of numbers or base64, as the
client wants them; they are never looked at.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from butler.engine.call import Makes, Usage
from butler.engine.dialects.services.base import Service, never_streams, text_parts
from butler.engine.dialects.services.usage import token_usage


def _usage(answer: Mapping[str, Any]) -> Usage | None:
    usage = token_usage(answer)
    return None if usage is None else replace(usage, output_tokens=usage.output_tokens or 0)


SERVICE = Service(
    name="embeddings",
    path="/embeddings",
    makes=Makes.EMBEDDING,
    said=lambda fields: text_parts(fields.get("input")),
    usage=_usage,
    streams=never_streams,
)
