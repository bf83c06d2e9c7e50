"""`butler explain`: which model would answer, and why; no model is called."""

import argparse
from collections.abc import Iterator
from typing import Any

import orjson

from butler.commands.admin import Refused, with_engine
from butler.commands.console import (
    complain,
    complain_of,
    money,
    padded,
    read_file,
    read_input,
    say,
    say_json,
)
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, EXIT_REFUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.commands.trace import trace_table
from butler.contract.texts import Texts

_NAME_COLUMNS = 10
_SENT = ("text", "messages", "model", "tools", "headers", "token")
_BATCH_KEYS = ("id", "task", "task_confidence", "layer", "target", "trace", "ms")


def arguments(parser: Parser) -> None:
    """Declare the options."""
    texts = parser.texts
    parser.set_defaults(run=run)
    parser.add_argument("prompt", nargs="?", metavar="PROMPT", help=texts("option.prompt"))
    parser.add_argument(
        "--model", default="auto", metavar="MODEL", help=texts("option.asked_model")
    )
    parser.add_argument("--token", metavar="NAME", help=texts("option.asking_token"))
    parser.add_json()
    parser.add_argument("--batch", metavar="FILE.jsonl", help=texts("option.batch"))


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Explain one prompt, or a file of them."""
    if args.batch:
        raw = read_file(args.batch)
        return with_engine(lambda admin: _lines(Job(admin, args, texts), raw), texts)
    prompt = _piped() if args.prompt in (None, "-") else args.prompt
    if not prompt.strip():
        raise CommandFailed("explain.no_prompt", EXIT_MISUSED)
    body = {"text": prompt, "model": args.model, "token": args.token}
    return with_engine(lambda admin: _one(Job(admin, args, texts), body), texts)


def _piped() -> str:
    try:
        return read_input().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandFailed("explain.no_text", EXIT_MISUSED) from None


async def _one(job: Job, body: dict[str, Any]) -> int:
    found = await job.admin.post("explain", body)
    if job.args.json:
        say_json(found)
        return EXIT_DONE
    texts = job.texts
    for name, told in _summary(texts, found):
        say(padded(texts(f"explain.{name}"), _NAME_COLUMNS) + told)
    say()
    say(trace_table(texts, found["trace"]))
    return EXIT_DONE


def _summary(texts: Texts, found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a decision comes to: the name of each line, and what stands in it."""
    confidence = f"{found['task_confidence']:.2f}"
    yield "task", f"{found['task']} ({confidence})  {', '.join(found['cues'])}"
    yield "size", texts("explain.about_tokens", number=f"{found['input_tokens']:,}")
    target = found["target"] or texts("word.none")
    yield "target", " → ".join([target, *found["fallbacks"]])
    layer = found["layer"] or texts("explain.nobody")
    yield "decided", texts("explain.by_layer", layer=layer, ms=f"{found['ms']:.2f}")
    yield from _more(texts, found)


def _more(texts: Texts, found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is not there for every decision: costs, the runner-up, what was refused."""
    if found["price"]:
        yield "cost", _price(texts, found["price"])
    if found["thinking"]:
        mode = f"{found['thinking']['mode']} {found['thinking']['budget_tokens'] or ''}".rstrip()
        yield "thinking", texts("explain.said_by", said=mode, source=found["thinking"]["source"])
    other = found["runner_up"]
    if other:
        price = _price(texts, other["price"]) if other["price"] else "-"
        told = {"target": other["target"], "layer": other["layer"], "price": price}
        yield "runner_up", texts("explain.would_be", reason=other["reason"], **told)
    for refused in found["refused"]:
        yield "refused", f"{refused['target']}: {refused['reason']}"
    for warning in found["warnings"]:
        yield "warning", warning


def _price(texts: Texts, price: dict[str, Any]) -> str:
    """Return what a call would cost, and from what: counted tokens, and those to be expected."""
    if price["usd"] is None:
        return texts("cost.unpriced")
    given, written = f"{price['input_tokens']:,}", f"{price['output_tokens']:,}"
    return texts("explain.price", usd=money(price["usd"]), given=given, written=written)


async def _lines(job: Job, raw: bytes) -> int:
    """Explain line by line; a bad line is told and left out, and makes the exit status 1."""
    status = EXIT_DONE
    for number, line in _numbered(raw):
        try:
            say_json(await _explained(job, line))
        except CommandFailed as failure:
            complain(job.texts(failure.key, number=number, **failure.values))
            status = EXIT_REFUSED
        except Refused as error:
            complain(job.texts("explain.line", number=number))
            complain_of(error.problems, job.texts)
            status = EXIT_REFUSED
    return status


async def _explained(job: Job, line: bytes) -> dict[str, Any]:
    """Return what there is to say of a line; raises CommandFailed, Refused."""
    try:
        item = orjson.loads(line)
    except ValueError as error:
        raise CommandFailed("explain.bad_line", reason=error) from None
    if not isinstance(item, dict) or not ("messages" in item or "text" in item):
        raise CommandFailed("explain.no_request")
    found = await job.admin.post("explain", {key: item[key] for key in _SENT if key in item})
    # The engine takes text only; ids of any JSON type come back as they went in.
    found["id"] = item.get("id")
    return {key: found[key] for key in _BATCH_KEYS}


def _numbered(raw: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            yield number, line
