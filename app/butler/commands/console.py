"""What commands read and write: text, plain lines, JSON, aligned tables, problems in words."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import orjson

from butler.commands.exit_codes import EXIT_MISUSED, CommandFailed
from butler.contract.problems import Problem
from butler.contract.texts import LANGUAGES, Texts

_ENGINE_SPEAKS = LANGUAGES[0]
_SMALL_USD = 1
_NAMED = "id"
"""The field of whatever the command line itself names."""
_PIECES = re.compile(
    r"\s+|[^\s\u2e80-\uffff]+|[\u2e80-\uffff][\u3000-\u303f\uff00-\uff0f\uff1a-\uff1f]*"
)
"""What a line can be broken between: words, or single wide characters with what closes them."""


def say(text: str = "") -> None:
    """Write a line to standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_json(data: object) -> None:
    """Write one line of JSON."""
    say(orjson.dumps(data).decode())


def read_input() -> bytes:
    """Return the whole standard input; nothing where it is closed."""
    stream = getattr(sys.stdin, "buffer", None)
    return stream.read() if stream else b""


def read_file(name: str) -> bytes:
    """Return a file that the command line names; `-` is the input. Raises CommandFailed."""
    if name == "-":
        return read_input()
    try:
        return Path(name).read_bytes()
    except (OSError, UnicodeEncodeError) as error:
        raise CommandFailed("failed.read", EXIT_MISUSED, name=name, reason=_reason(error)) from None


def read_object(name: str) -> dict[str, Any]:
    """Return the JSON object in a file that the command line names. Raises CommandFailed."""
    found = read_json(name)
    if not isinstance(found, dict):
        raise CommandFailed(f"failed.no_object.{_kind(name)}", EXIT_MISUSED, name=name)
    return found


def read_json(name: str) -> Any:
    """Return the JSON in a file that the command line names. Raises CommandFailed."""
    try:
        return orjson.loads(read_file(name))
    except ValueError as error:
        key = f"failed.no_json.{_kind(name)}"
        raise CommandFailed(key, EXIT_MISUSED, name=name, reason=error) from None


def _kind(name: str) -> str:
    return "input" if name == "-" else "file"


def write_file(name: str, data: bytes) -> None:
    """Write a file that the command line names. Raises CommandFailed."""
    with open_file(name) as file:
        file.write(data)


@contextmanager
def open_file(name: str) -> Iterator[IO[bytes]]:
    """Open a file to write, which is its owner's alone; `-` is the output. Raises CommandFailed.

    The file has its name only when it is whole: what was there before stays until then.
    """
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    half = f"{name}.part"
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
            Path(half).replace(name)
        finally:
            Path(half).unlink(missing_ok=True)
    except (OSError, UnicodeEncodeError) as error:
        raise CommandFailed(
            "failed.write", EXIT_MISUSED, name=name, reason=_reason(error)
        ) from None


def _reason(error: OSError | UnicodeEncodeError) -> object:
    return error.strerror if isinstance(error, OSError) else error.reason


def readable(text: str) -> str:
    """Return a text of the command line or the environment as UTF-8 has it.

    Where the locale is not UTF-8 the text is decoded again. Raises ValueError when it is none.
    """
    if any("\ud800" <= char <= "\udfff" for char in text):
        return os.fsencode(text).decode("utf-8")
    return text


def complain(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"butler: {text}\n")


def complain_of(problems: Iterable[Problem], texts: Texts) -> None:
    """Write problems: what is wrong, where, and what to do."""
    for found in problems:
        told = found.field in (None, _NAMED) or found.field in found.detail
        complain(("" if told else f"{found.field}: ") + sentence(found, texts))
        if found.hint:
            sys.stderr.write(f"        {found.hint}\n")


def sentence(found: Problem, texts: Texts) -> str:
    """Return what is wrong: the engine's words, after our title of its code in another language."""
    if texts.language == _ENGINE_SPEAKS:
        return found.detail
    return f"{texts.problem(found)} {found.detail}"


def titled(texts: Texts, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose titles are the texts `title.COLUMN`."""
    return table([texts(f"title.{column}") for column in columns], rows)


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under titles in aligned columns; wide characters count as two."""
    lines = [list(titles), *([str(cell) for cell in row] for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(titles))]
    return "\n".join(
        "  ".join(padded(cell, wide) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def padded(text: str, columns: int) -> str:
    """Return a text with as many spaces behind it as it needs to fill the columns."""
    return text + " " * (columns - width(text))


def moment(text: str | None) -> str:
    """Return a time of the API to the minute, in this machine's zone; a dash for none."""
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}" if text else "-"


def money(usd: str | None) -> str:
    """Return dollars with as many places as small sums need; a dash where they are unknown."""
    if usd is None:
        return "-"
    amount = Decimal(usd)
    return f"${amount:,.2f}" if amount >= _SMALL_USD or not amount else f"${amount:.6f}"


def shorten(text: str, columns: int) -> str:
    """Cut a text to so many columns on one line."""
    flat = " ".join(text.split())
    if width(flat) <= columns:
        return flat
    cut = ""
    for char in flat:
        if width(cut + char) > columns - 1:
            break
        cut += char
    return cut + "…"


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns, where its words allow that."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        word = " " if piece.isspace() else piece
        if line and width((line + word).rstrip()) > columns:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


def width(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
