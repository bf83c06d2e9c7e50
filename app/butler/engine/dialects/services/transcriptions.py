"""`POST /v1/audio/transcriptions` and `/translations`: an upload of sound becomes text.

Source: OpenAI API reference, "Audio", and its events `transcript.text.*`. Answers are JSON, plain
text, or subtitles (SRT, WebVTT), as the client wants them.
"""

from dataclasses import replace

from butler.engine.call import Makes
from butler.engine.dialects.services.base import (
    Service,
    asks_to_stream,
    never_streams,
    text_parts,
)
from butler.engine.dialects.services.usage import token_usage

TRANSCRIPTIONS = Service(
    name="transcriptions",
    path="/audio/transcriptions",
    makes=Makes.TRANSCRIPTION,
    said=lambda fields: text_parts(fields.get("prompt")),
    usage=token_usage,
    streams=asks_to_stream,
    upload="input_audio",
    plain=True,
)
TRANSLATIONS = replace(
    TRANSCRIPTIONS, name="translations", path="/audio/translations", streams=never_streams
)
