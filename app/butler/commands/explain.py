"""`butler explain`: which model would answer, and why; no model is called."""

import argparse
from collections.abc import Iterator
from typing import Any

import orjson

from butler.commands.admin import Admin, Refused, with_engine
from butler.commands.console import (
    complain,
    complain_of,
    pairs,
    read_file,
    read_input,
    say,
    say_json,
    table,
)
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, EXIT_REFUSED, CommandFailed
from butler.commands.parsing import with_json
from butler.commands.texts import tr

_SENT = ("text", "messages", "model", "tools")
_BATCH_KEYS = ("id", "task", "task_confidence", "layer", "target", "trace", "ms")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "prompt", nargs="?", metavar="PROMPT", help=tr("- or nothing reads the input")
    )
    parser.add_argument(
        "--model", default="auto", help=tr("the model that the client would ask for")
    )
    with_json(parser)
    parser.add_argument(
        "--batch",
        metavar="FILE.jsonl",
        help=tr('lines of {"id", "messages"} or {"id", "text"}; - reads the input'),
    )


def run(args: argparse.Namespace) -> int:
    """Explain one prompt, or a file of them."""
    if args.batch:
        return _batch(args)
    prompt = _piped() if args.prompt in (None, "-") else args.prompt
    if not prompt.strip():
        raise CommandFailed(tr("There is no prompt to explain."), EXIT_MISUSED)
    body = {"text": prompt, "model": args.model}
    return with_engine(lambda admin: _one(admin, args, body))


def _piped() -> str:
    try:
        return read_input().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandFailed(tr("The input is no UTF-8 text."), EXIT_MISUSED) from None


async def _one(admin: Admin, args: argparse.Namespace, body: dict[str, Any]) -> int:
    found = await admin.post("explain", body)
    if args.json:
        say_json(found)
        return EXIT_DONE
    decided = {"layer": found["layer"] or tr("nobody"), "ms": f"{found['ms']:.2f}"}
    say(
        pairs(
            [
                (tr("Task"), _task(found)),
                (tr("Size"), tr("about {tokens} tokens", tokens=found["input_tokens"])),
                (tr("Target"), " → ".join([found["target"] or tr("none"), *found["fallbacks"]])),
                (tr("Decided"), tr("by {layer} in {ms} ms", **decided)),
            ]
        )
    )
    say()
    rows = [
        (step["layer"], step["outcome"], f"{step['ms']:.2f}", step["reason"])
        for step in found["trace"]
    ]
    say(table((tr("LAYER"), tr("OUTCOME"), "MS", tr("WHY")), rows))
    return EXIT_DONE


def _task(found: dict[str, Any]) -> str:
    return f"{found['task']} ({found['task_confidence']:.2f})  {', '.join(found['cues'])}"


def _batch(args: argparse.Namespace) -> int:
    raw = read_file(args.batch)
    return with_engine(lambda admin: _lines(admin, raw))


async def _lines(admin: Admin, raw: bytes) -> int:
    """Explain line by line; a bad line is told and left out, and makes the exit status 1."""
    status = EXIT_DONE
    for number, line in _numbered(raw):
        try:
            item = _item(line)
            found = await admin.post("explain", {key: item[key] for key in _SENT if key in item})
        except ValueError as error:
            complain(tr("Line {number}: {error}.", number=number, error=error))
            status = EXIT_REFUSED
        except Refused as error:
            complain(tr("Line {number}:", number=number))
            complain_of(error.problems)
            status = EXIT_REFUSED
        else:
            # The engine takes text only; ids of any JSON type come back as they went in.
            found["id"] = item.get("id")
            say_json({key: found[key] for key in _BATCH_KEYS})
    return status


def _numbered(raw: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            yield number, line


def _item(line: bytes) -> dict[str, Any]:
    item = orjson.loads(line)
    if not isinstance(item, dict) or not ("messages" in item or "text" in item):
        raise ValueError(tr('it is not an object with "text" or "messages"'))
    return item
