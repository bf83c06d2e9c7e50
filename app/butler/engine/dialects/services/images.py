"""`POST /v1/images/generations`, `/edits` and `/variations`: pictures, made or made over.

Source: OpenAI API reference, "Images", and its events `image_generation.*`, `image_edit.*`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from butler.engine.call import NOT_KNOWN, Makes, Usage, UsageSource
from butler.engine.dialects.services.base import (
    Service,
    asks_to_stream,
    never_streams,
    text_parts,
)
from butler.engine.dialects.services.usage import token_usage

_UPLOAD = "image_url"


def _said(fields: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the words, and a picture for each that an edit in JSON names."""
    given = fields.get("images")
    pictures = [{"type": _UPLOAD} for _ in given] if isinstance(given, list) else []
    return [*text_parts(fields.get("prompt")), *pictures]


def _usage(answer: Mapping[str, Any]) -> Usage | None:
    """Count the pictures: those of a whole answer, or the one that an event completes."""
    made = answer.get("data")
    count = len(made) if isinstance(made, list) else int("b64_json" in answer)
    known = token_usage(answer)
    if known is None and not count:
        return None
    return replace(known or NOT_KNOWN, images=count or None, source=UsageSource.REPORTED)


GENERATIONS = Service(
    name="image_generations",
    path="/images/generations",
    makes=Makes.IMAGE,
    said=_said,
    usage=_usage,
    streams=asks_to_stream,
)
EDITS = replace(GENERATIONS, name="image_edits", path="/images/edits", upload=_UPLOAD)
VARIATIONS = replace(
    EDITS, name="image_variations", path="/images/variations", streams=never_streams
)
