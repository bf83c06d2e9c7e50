"""Forms with files (`multipart/form-data`), read without decoding or copying what is uploaded.

Sources: RFC 7578 (form-data), RFC 2046 section 5.1.1 (boundaries).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from butler.engine.errors import ClientError

_TYPE = "multipart/form-data"
_BOUNDARY = re.compile(r';\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))', re.IGNORECASE)
_DISPOSITION = re.compile(rb"^content-disposition:\s*form-data\s*;(.*)$", re.IGNORECASE | re.M)
_PARAMETER = re.compile(
    rb'(name|filename\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))', re.IGNORECASE
)
_END = b"\r\n"
_HEADERS_END = b"\r\n\r\n"
_MOST_PARTS = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form: its name, and where in the body its content lies."""

    name: str
    is_file: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it came, and where its parts are."""

    body: bytes
    delimiter: bytes
    parts: tuple[Part, ...]

    @classmethod
    def read(cls, body: bytes, content_type: str) -> Self | None:
        """Read a form; None where the body is not called one. Raises ClientError for a broken one.

        A body is a form because its header says so, never by its looks.
        """
        if not content_type.lower().strip().startswith(_TYPE):
            return None
        found = _BOUNDARY.search(content_type)
        if found is None:
            raise _broken("its Content-Type names no boundary")
        delimiter = b"--" + (found.group(1) or found.group(2)).encode()
        return cls(body, delimiter, tuple(_parts(body, delimiter)))

    @property
    def fields(self) -> dict[str, str]:
        """The texts of the form by name; of several with one name the last. Files are left out."""
        return {part.name: self._text(part) for part in self.parts if not part.is_file}

    def with_field(self, name: str, value: str) -> bytes:
        """Return the body with another text in a field, or with the field where it had none."""
        data = value.encode()
        body = self.body
        fields = [part for part in self.parts if part.name == name and not part.is_file]
        for part in reversed(fields):
            view = memoryview(body)
            body = b"".join((view[: part.start], data, view[part.end :]))
        if fields:
            return body
        head = b'\r\nContent-Disposition: form-data; name="%s"\r\n\r\n' % name.encode()
        return b"".join((self.delimiter, head, data, _END, body))

    def _text(self, part: Part) -> str:
        return self.body[part.start : part.end].decode(errors="replace")


def _parts(body: bytes, delimiter: bytes) -> Iterator[Part]:
    """Yield the parts in their order; raises ClientError where the form has no end."""
    at = _first(body, delimiter)
    for _ in range(_MOST_PARTS):
        at += len(delimiter)
        if body.startswith(b"--", at):
            return
        start = body.find(_HEADERS_END, at)
        end = body.find(_END + delimiter, start + len(_HEADERS_END))
        if start < 0 or end < 0:
            raise _broken("it breaks off")
        part = _part(body[at:start], start + len(_HEADERS_END), end)
        if part is not None:
            yield part
        at = end + len(_END)
    raise _broken(f"it has more than {_MOST_PARTS} parts")


def _first(body: bytes, delimiter: bytes) -> int:
    if body.startswith(delimiter):
        return 0
    at = body.find(_END + delimiter)
    if at < 0:
        raise _broken("the boundary of its Content-Type is not in it")
    return at + len(_END)


def _part(headers: bytes, start: int, end: int) -> Part | None:
    """Return a part by its headers; None for one without a name."""
    found = _DISPOSITION.search(headers)
    known = {
        match.group(1).lower(): match.group(2) or match.group(3) or b""
        for match in _PARAMETER.finditer(found.group(1) if found else b"")
    }
    if b"name" not in known:
        return None
    is_file = bool({b"filename", b"filename*"} & known.keys())
    return Part(known[b"name"].decode(errors="replace"), is_file, start, end)


def _broken(why: str) -> ClientError:
    return ClientError(400, "invalid_form", f"The form can not be read: {why}.")
