"""`POST /v1/audio/speech`: a text is read out; the sound travels on as it is made.

Source: OpenAI API reference, "Create speech", and its events `speech.audio.*`.
"""

from collections.abc import Mapping
from typing import Any

from butler.engine.call import Makes
from butler.engine.dialects.services.base import Service, text_parts
from butler.engine.dialects.services.usage import token_usage


def _always(_fields: Mapping[str, Any]) -> bool:
    return True


SERVICE = Service(
    name="speech",
    path="/audio/speech",
    makes=Makes.SPEECH,
    said=lambda fields: text_parts(fields.get("instructions"), fields.get("input")),
    usage=token_usage,
    streams=_always,
)
