"""What commands read and write: text, plain lines, JSON, aligned tables, problems in words."""

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from butler.commands.exit_codes import EXIT_MISUSED, CommandFailed
from butler.commands.texts import problem_text, tr
from butler.contract.problems import Problem


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
        reason = error.strerror if isinstance(error, OSError) else error.reason
        sentence = tr("{name} can not be read: {reason}.", name=name, reason=reason)
        raise CommandFailed(sentence, EXIT_MISUSED) from None


def write_file(name: str, data: bytes) -> None:
    """Write a file that the command line names, for its owner alone; `-` is the output."""
    if name == "-":
        say(data.decode().removesuffix("\n"))
        return
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except (OSError, UnicodeEncodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.reason
        sentence = tr("{name} can not be written: {reason}.", name=name, reason=reason)
        raise CommandFailed(sentence, EXIT_MISUSED) from None


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


def complain_of(problems: Iterable[Problem]) -> None:
    """Write problems: what is wrong, where, and what to do."""
    for found in problems:
        where = f"{found.field}: " if found.field and found.field not in found.detail else ""
        complain(where + problem_text(found))
        if found.hint:
            sys.stderr.write(f"        {tr(found.hint)}\n")


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under titles in aligned columns; wide characters count as two."""
    lines = [list(titles), *([str(cell) for cell in row] for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(titles))]
    return "\n".join(
        "  ".join(padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """Return titles with what belongs to them, a line each."""
    lines = list(rows)
    width = max(_width(title) for title, _ in lines) + 3
    return "\n".join(padded(title, width) + text for title, text in lines)


def padded(text: str, columns: int) -> str:
    """Fill a text up to so many columns; wide characters count as two."""
    return text + " " * (columns - _width(text))


def shorten(text: str, columns: int) -> str:
    """Cut a text to so many columns on one line."""
    flat = " ".join(text.split())
    if _width(flat) <= columns:
        return flat
    cut = ""
    for char in flat:
        if _width(cut + char) > columns - 1:
            break
        cut += char
    return cut + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
