"""One service: where it is asked for, and what is read of its requests and answers.

All of them are OpenAI's, whose paths and shapes other vendors have taken over. A request is JSON
or a form; either way its bytes are kept, and only the model's name is ever changed in them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import orjson

from butler.engine.call import Makes, Request, Usage
from butler.engine.dialects import json_edit
from butler.engine.dialects.base import Delta
from butler.engine.dialects.body import parse_object
from butler.engine.dialects.canonical import Piece
from butler.engine.dialects.json_edit import STRING_OR_NULL, Member
from butler.engine.dialects.services.form import Form
from butler.engine.dialects.services.reading import ServiceReader, read_event
from butler.engine.errors import ClientError

Fields = Mapping[str, Any]
Part = Mapping[str, Any]
_MODEL = Member("model", STRING_OR_NULL)


@dataclass(frozen=True, slots=True)
class Service:
    """One service, at `path` below a base URL; what its models make is `makes`.

    `said` gives the words and pictures in a request's fields, as parts of a chat message: guards
    read them. `upload` is the kind of part that an uploaded file is. `usage` reads what an answer
    tells of its usage. `streams` says whether the answer comes bit by bit. Answers are JSON, or,
    where `plain` is set, may be any text.
    """

    name: str
    path: str
    makes: Makes
    said: Callable[[Fields], Sequence[Part]]
    usage: Callable[[Fields], Usage | None]
    streams: Callable[[Fields], bool]
    upload: str | None = None
    plain: bool = False

    wordless = frozenset[str]()

    def read_request(self, body: bytes, content_type: str) -> Request:
        """Read a request; raises ClientError where it is none."""
        form = Form.read(body, content_type)
        data = parse_object(body) if form is None else form.fields
        parts = list(self.said(data))
        if form is not None and self.upload is not None:
            parts += [{"type": self.upload} for part in form.parts if part.is_file]
        return Request(
            raw=body,
            data=data,
            model=data.get("model"),
            stream=self.streams(data),
            wants_usage=False,
            dialect=self,
            told=[{"role": "user", "content": parts}],
            makes=self.makes,
        )

    def write_request(self, request: Request, model: str, content_type: str) -> bytes:
        """Return the client's own bytes with the upstream's name for the model in them."""
        form = Form.read(request.raw, content_type)
        if form is not None:
            return form.with_field("model", model)
        name = orjson.dumps(model)
        if "model" not in request.data:
            return json_edit.insert_first(request.raw, b'"model":' + name)
        return _MODEL.replace(request.raw, name, certain=True) or request.raw

    def conversation(self, request: Request) -> NoReturn:
        """Raise ClientError: a provider of another dialect has no words for this."""
        raise ClientError(400, "unsupported_endpoint", f"{self.path} is no conversation.")

    def stream_reader(self) -> ServiceReader:
        """Return a reader for one answer that comes bit by bit."""
        return ServiceReader(self.usage)

    def read_reply(self, body: bytes) -> Delta:
        """Read a whole answer; raises ValueError where it is none."""
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError:
            data = None
        if isinstance(data, dict):
            delta = read_event(body, data, self.usage)
            delta.content = True
            return delta
        if not self.plain or not body:
            raise ValueError("the answer is not a JSON object")
        return Delta(body, text=body.decode(errors="replace"), content=True, finish="stop")

    def pieces(self, _delta: Delta) -> Sequence[Piece]:
        """Return nothing: no other dialect says the same."""
        return ()


def text_parts(*values: Any) -> list[Part]:
    """Return texts as parts of a message; lists are looked into, all else is passed over."""
    parts: list[Part] = []
    for value in values:
        if isinstance(value, str):
            parts.append({"type": "text", "text": value})
        elif isinstance(value, list):
            parts += text_parts(*value)
        elif isinstance(value, dict) and isinstance(value.get("type"), str):
            parts.append(value)
    return parts


def asks_to_stream(fields: Fields) -> bool:
    """Say whether `stream` is set, in JSON or as a form's text."""
    value = fields.get("stream")
    return value.strip().lower() in ("true", "1") if isinstance(value, str) else bool(value)


def never_streams(_fields: Fields) -> bool:
    """Say no: the answer comes in one piece."""
    return False


def no_usage(_answer: Fields) -> None:
    """Tell nothing: such answers do not say."""
