"""`POST /v1/moderations`: texts and pictures are judged.

Source: OpenAI API reference, "Moderations".
"""

from butler.engine.call import Makes
from butler.engine.dialects.services.base import Service, never_streams, no_usage, text_parts

SERVICE = Service(
    name="moderations",
    path="/moderations",
    makes=Makes.MODERATION,
    said=lambda fields: text_parts(fields.get("input")),
    usage=no_usage,
    streams=never_streams,
)
