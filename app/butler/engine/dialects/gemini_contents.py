"""Contents of Google's generateContent: user and model alternate, calls and results fit.

What the system says in the middle is said by the user, in a reminder: there is one place for it,
before all else. Thoughts are left out: only those of the vendor itself, in a conversation that
comes in its own words, are worth something to it.

Source: Gemini API reference, "Generating content" (Content, Part), "Function calling", "Thought
signatures".
"""

import mimetypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson

from butler.engine.dialects.canonical import (
    Audio,
    Document,
    Image,
    Inline,
    Link,
    Message,
    Part,
    Role,
    Text,
    ToolCall,
    ToolResult,
)
from butler.engine.dialects.reminders import split

Body = dict[str, Any]
UNSIGNED = "skip_thought_signature_validator"
"""What the vendor wants to find under a call that another vendor's model has made."""
_ROLES = {Role.USER: "user", Role.ASSISTANT: "model"}
_SILENCE = "."
"""What a user says who has said nothing: a conversation begins with a turn that is not empty."""
_IMAGE = "image/jpeg"
_FILE = "application/pdf"
_AUDIO = {"mp3": "audio/mp3", "wav": "audio/wav"}


@dataclass(slots=True)
class _Turn:
    """All that one side says until the other one speaks; results of tools come first."""

    role: str
    parts: list[Body] = field(default_factory=list)
    results: list[Body] = field(default_factory=list)

    def as_json(self) -> Body:
        return {"role": self.role, "parts": self.results + self.parts}


def contents_of(messages: Sequence[Message], *, signed: bool) -> tuple[list[str], list[Body]]:
    """Return what the system says at the beginning, and the contents after it.

    `signed` says that the model wants a signature under the first call of a turn.
    """
    turns: list[_Turn] = []
    names: dict[str, str] = {}
    leading, rest = split(messages)
    said = [part for message in leading for part in message.parts]
    system = [part.text for part in said if isinstance(part, Text) and part.text]
    for message in rest:
        _say(message, turns, names)
    if not turns or turns[0].role != "user":
        turns.insert(0, _Turn("user", [{"text": _SILENCE}]))
    if signed:
        for turn in turns:
            _sign(turn)
    return system, [turn.as_json() for turn in turns]


def _say(message: Message, turns: list[_Turn], names: dict[str, str]) -> None:
    """Add a message to the turn of who speaks; `names` are those of the functions by call."""
    role = _ROLES[message.role]
    turn = turns[-1] if turns and turns[-1].role == role else _Turn(role)
    for part in message.parts:
        if isinstance(part, ToolCall):
            names[part.id] = part.name
            turn.parts.append(_call(part))
        elif isinstance(part, ToolResult):
            _give_back(part, turn, names.get(part.call_id))
        else:
            turn.parts += _blocks(part)
    if (turn.parts or turn.results) and turn not in turns[-1:]:
        turns.append(turn)


def _sign(turn: _Turn) -> None:
    call = next((part for part in turn.parts if "functionCall" in part), None)
    if call is not None:
        call["thoughtSignature"] = UNSIGNED


def _call(call: ToolCall) -> Body:
    named = {"id": call.id} if call.id else {}
    return {"functionCall": {**named, "name": call.name, "args": _arguments(call.arguments)}}


def _arguments(text: str) -> Body:
    """Return a call's arguments as the object that they are; what is none is kept in one."""
    try:
        given = orjson.loads(text) if text.strip() else {}
    except orjson.JSONDecodeError:
        given = text
    return given if isinstance(given, dict) else {"arguments": given}


def _give_back(result: ToolResult, turn: _Turn, name: str | None) -> None:
    """Add a result, and behind all results the pictures in it.

    One of a call that nobody has made would be refused, and is said in words.
    """
    text = "\n".join(part.text for part in result.parts if isinstance(part, Text))
    others = [
        block for part in result.parts if not isinstance(part, Text) for block in _blocks(part)
    ]
    if name is None:
        turn.parts.append({"text": f"The result of a tool:\n{text}"})
    else:
        named = {"id": result.call_id} if result.call_id else {}
        response = {**named, "name": name, "response": _response(text, result.is_error)}
        turn.results.append({"functionResponse": response})
    turn.parts += others


def _response(text: str, is_error: bool) -> Body:
    if is_error:
        return {"error": text}
    try:
        given = orjson.loads(text) if text.lstrip().startswith("{") else None
    except orjson.JSONDecodeError:
        given = None
    return given if isinstance(given, dict) else {"output": text}


def _blocks(part: Part) -> Iterator[Body]:
    """Yield a part as the vendor knows it; a file's name is said before the file."""
    match part:
        case Text(text) if text:
            yield {"text": text}
        case Image(source):
            yield _media(source, _IMAGE)
        case Document(source, title):
            if title:
                yield {"text": title}
            yield _media(source, _FILE)
        case Audio(format_, data):
            kind = _AUDIO.get(format_, f"audio/{format_}")
            yield {"inlineData": {"mimeType": kind, "data": data}}


def _media(source: Inline | Link, otherwise: str) -> Body:
    if isinstance(source, Inline):
        kind = "image/jpeg" if source.media_type == "image/jpg" else source.media_type
        return {"inlineData": {"mimeType": kind, "data": source.base64}}
    guessed, _ = mimetypes.guess_type(urlsplit(source.url).path)
    return {"fileData": {"mimeType": guessed or otherwise, "fileUri": source.url}}
