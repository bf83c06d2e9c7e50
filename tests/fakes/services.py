"""OpenAI's services beside conversations: what they refuse, and what they answer.

Written from the published API reference; types, params and codes are the vendor's, the sentences
are ours.
"""

import base64
import json
import struct
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from typing import Any

from tests.fakes.checks import model_not_found
from tests.fakes.errors import bad_request

PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n picture").decode()
SOUND = b"ID3\x04\x00\x00" + bytes(range(256)) * 8 + b'{"model": "not a name"}'
GONE_ON = " there was light. 有光。"
WORDS = "Hello, 世界."
SUBTITLES = f"1\n00:00:00,000 --> 00:00:01,000\n{WORDS}\n"
_TEXT_FORMATS = {"text": WORDS + "\n", "srt": SUBTITLES, "vtt": "WEBVTT\n\n" + SUBTITLES[2:]}
_MOST_INPUTS = 2048
_MOST_SPOKEN = 4096


@dataclass(frozen=True, slots=True)
class Wanted:
    """A valid request: its fields, and what was uploaded with them."""

    model: str
    fields: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def stream(self) -> bool:
        """Whether the answer is to come in events."""
        return self.fields.get("stream") in (True, "true")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: its type, and its pieces as they leave."""

    content_type: str
    pieces: tuple[bytes, ...]


def read(path: str, raw: bytes, content_type: str, models: Collection[str]) -> Wanted:
    """Check a request and return what it wants, or raise VendorError."""
    fields, files = _body(raw, content_type)
    model = fields.get("model")
    if not isinstance(model, str) or not model:
        raise bad_request("you must provide a model parameter")
    wanted = Wanted(model, fields, files)
    _CHECKS[path](wanted)
    if model not in models:
        raise model_not_found(model)
    return wanted


def answer(path: str, wanted: Wanted) -> Answered:
    """Return what the vendor answers."""
    return _ANSWERS[path](wanted)


def _body(raw: bytes, content_type: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    if content_type.startswith("multipart/form-data"):
        return _form(raw, content_type)
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise bad_request("We could not parse the JSON body of your request.") from error
    if not isinstance(body, dict):
        raise bad_request("The body is not an object.")
    return body, {}


def _form(raw: bytes, content_type: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    head = b"Content-Type: " + content_type.encode() + b"\r\n\r\n"
    message = BytesParser().parsebytes(head + raw)
    if not message.is_multipart() or message.defects:
        raise bad_request("Could not parse multipart form.")
    fields: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    for part in message.get_payload():
        name = str(part.get_param("name", header="content-disposition"))  # type: ignore[union-attr]
        data = part.get_payload(decode=True)  # type: ignore[union-attr]
        assert isinstance(data, bytes)
        if part.get_filename() is not None:  # type: ignore[union-attr]
            files[name] = data
        else:
            fields[name] = data.decode()
    return fields, files


def _need(wanted: Wanted, name: str) -> Any:
    value = wanted.fields.get(name)
    if value in (None, "", []):
        raise bad_request(
            f"Missing required parameter: '{name}'.", name, "missing_required_parameter"
        )
    return value


def _check_embeddings(wanted: Wanted) -> None:
    given = _need(wanted, "input")
    if isinstance(given, list) and len(given) > _MOST_INPUTS:
        raise bad_request("'$.input' is invalid: too many inputs.", "input")
    if wanted.fields.get("encoding_format", "float") not in ("float", "base64"):
        raise bad_request("Invalid value for 'encoding_format'.", "encoding_format")
    if "dimensions" in wanted.fields and not wanted.model.startswith("text-embedding-3"):
        raise bad_request("This model does not support specifying dimensions.", "dimensions")


def _check_images(wanted: Wanted) -> None:
    _need(wanted, "prompt")
    if wanted.model.startswith("dall-e-3") and wanted.fields.get("n", 1) != 1:
        raise bad_request("You must provide n=1 for this model.", "n")
    if wanted.model.startswith("gpt-image") and "response_format" in wanted.fields:
        raise bad_request("Unknown parameter: 'response_format'.", "response_format")


def _check_edits(wanted: Wanted) -> None:
    _check_images(wanted)
    _check_upload(wanted, "image", "image[]")


def _check_sound(wanted: Wanted) -> None:
    _check_upload(wanted, "file")
    formats = ("json", "verbose_json", *_TEXT_FORMATS)
    if wanted.fields.get("response_format", "json") not in formats:
        raise bad_request("Invalid value for 'response_format'.", "response_format")


def _check_upload(wanted: Wanted, *names: str) -> None:
    if not any(wanted.files.get(name) for name in names):
        raise bad_request(f"Missing required parameter: '{names[0]}'.", names[0])


def _check_speech(wanted: Wanted) -> None:
    _need(wanted, "voice")
    if len(_need(wanted, "input")) > _MOST_SPOKEN:
        raise bad_request("String should have at most 4096 characters", "input")
    if wanted.fields.get("stream_format") == "sse" and wanted.model.startswith("tts-1"):
        raise bad_request("stream_format 'sse' is not supported by this model.", "stream_format")


def _check_completions(wanted: Wanted) -> None:
    _need(wanted, "prompt")
    for name, most in (("n", 128), ("best_of", 20), ("logprobs", 5)):
        value = wanted.fields.get(name)
        if value is not None and not 0 <= value <= most:
            raise bad_request(f"{name} must be from 0 to {most}.", name)
    if wanted.fields.get("messages") is not None:
        raise bad_request("Unrecognized request argument supplied: messages")


def _check_moderations(wanted: Wanted) -> None:
    _need(wanted, "input")


def _json(body: Any) -> Answered:
    return Answered("application/json", (json.dumps(body, ensure_ascii=False).encode(),))


def _events(*bodies: Mapping[str, Any]) -> Answered:
    pieces = [f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode() for body in bodies]
    return Answered("text/event-stream", tuple(pieces))


def vector(place: int, dimensions: int) -> list[float]:
    """The embedding of the input at a place; its numbers survive 32 bits."""
    return [place + number / 4 for number in range(dimensions)]


def _embed(wanted: Wanted) -> Answered:
    given = wanted.fields["input"]
    is_one = isinstance(given, str) or isinstance(given[0], int)
    count = 1 if is_one else len(given)
    vectors = [vector(place, wanted.fields.get("dimensions", 3)) for place in range(count)]
    shown: list[Any] = list(vectors)
    if wanted.fields.get("encoding_format") == "base64":
        shown = [base64.b64encode(struct.pack(f"<{len(it)}f", *it)).decode() for it in vectors]
    data = [{"object": "embedding", "index": i, "embedding": it} for i, it in enumerate(shown)]
    usage = {"prompt_tokens": 2 * count, "total_tokens": 2 * count}
    return _json({"object": "list", "data": data, "model": wanted.model, "usage": usage})


def _draw(wanted: Wanted) -> Answered:
    count = int(wanted.fields.get("n", 1))
    usage = {"input_tokens": 7, "output_tokens": 272 * count, "total_tokens": 7 + 272 * count}
    if wanted.stream:
        kind = "image_edit" if wanted.files else "image_generation"
        partial = {"type": f"{kind}.partial_image", "b64_json": PICTURE, "partial_image_index": 0}
        return _events(partial, {"type": f"{kind}.completed", "b64_json": PICTURE, "usage": usage})
    body: dict[str, Any] = {"created": 1_700_000_000, "data": [{"b64_json": PICTURE}] * count}
    return _json({**body, "usage": usage} if wanted.model.startswith("gpt-image") else body)


def _hear(wanted: Wanted) -> Answered:
    format_ = wanted.fields.get("response_format", "json")
    usage = {"type": "tokens", "input_tokens": 14, "output_tokens": 4, "total_tokens": 18}
    if wanted.stream and wanted.model != "whisper-1":
        pieces = [{"type": "transcript.text.delta", "delta": it} for it in (WORDS[:5], WORDS[5:])]
        return _events(*pieces, {"type": "transcript.text.done", "text": WORDS, "usage": usage})
    if format_ in _TEXT_FORMATS:
        return Answered("text/plain; charset=utf-8", (_TEXT_FORMATS[format_].encode(),))
    if format_ == "verbose_json":
        spoken = {"type": "duration", "seconds": 1}
        told = {"task": "transcribe", "language": "english", "duration": 1.0, "segments": []}
        return _json({**told, "text": WORDS, "usage": spoken})
    return _json({"text": WORDS, "usage": usage})


def _speak(wanted: Wanted) -> Answered:
    if wanted.fields.get("stream_format") == "sse":
        sound = base64.b64encode(SOUND).decode()
        usage = {"input_tokens": 5, "output_tokens": 40, "total_tokens": 45}
        delta = {"type": "speech.audio.delta", "audio": sound}
        return _events(delta, {"type": "speech.audio.done", "usage": usage})
    return Answered("audio/mpeg", (SOUND[:700], SOUND[700:1400], SOUND[1400:]))


def _complete(wanted: Wanted) -> Answered:
    """Go on with each prompt, `n` times; streamed in two pieces each."""
    given = wanted.fields["prompt"]
    is_one = isinstance(given, str) or isinstance(given[0], int)
    count = (1 if is_one else len(given)) * (wanted.fields.get("n") or 1)
    head = {"id": "cmpl-fake", "object": "text_completion", "created": 1, "model": wanted.model}
    usage = {"prompt_tokens": 3, "completion_tokens": 4 * count, "total_tokens": 3 + 4 * count}
    if not wanted.stream:
        choices = [_choice(place, GONE_ON, "stop") for place in range(count)]
        return _json({**head, "choices": choices, "usage": usage})
    said = [(place, it) for it in (GONE_ON[:6], GONE_ON[6:]) for place in range(count)]
    chunks = [{**head, "choices": [_choice(place, it, None)]} for place, it in said]
    chunks += [{**head, "choices": [_choice(place, "", "stop")]} for place in range(count)]
    if (wanted.fields.get("stream_options") or {}).get("include_usage"):
        chunks.append({**head, "choices": [], "usage": usage})
    told = _events(*chunks)
    return Answered(told.content_type, (*told.pieces, b"data: [DONE]\n\n"))


def _choice(place: int, text: str, finish: str | None) -> dict[str, Any]:
    return {"index": place, "text": text, "logprobs": None, "finish_reason": finish}


def _judge(wanted: Wanted) -> Answered:
    results = [{"flagged": False, "categories": {"violence": False}, "category_scores": {}}]
    return _json({"id": "modr-fake", "model": wanted.model, "results": results})


_CHECKS: Mapping[str, Callable[[Wanted], None]] = {
    "/v1/embeddings": _check_embeddings,
    "/v1/images/generations": _check_images,
    "/v1/images/edits": _check_edits,
    "/v1/images/variations": lambda wanted: _check_upload(wanted, "image"),
    "/v1/audio/transcriptions": _check_sound,
    "/v1/audio/translations": _check_sound,
    "/v1/audio/speech": _check_speech,
    "/v1/moderations": _check_moderations,
    "/v1/completions": _check_completions,
}
_ANSWERS: Mapping[str, Callable[[Wanted], Answered]] = {
    "/v1/embeddings": _embed,
    "/v1/images/generations": _draw,
    "/v1/images/edits": _draw,
    "/v1/images/variations": _draw,
    "/v1/audio/transcriptions": _hear,
    "/v1/audio/translations": _hear,
    "/v1/audio/speech": _speak,
    "/v1/moderations": _judge,
    "/v1/completions": _complete,
}
PATHS = frozenset(_CHECKS)
