"""`butler replay DRAFT`: what a draft would have changed in past calls; nothing is stored."""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import orjson

from butler.commands.admin import with_engine
from butler.commands.console import money, read_file, say, say_json, titled
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.rule_files import RuleFileError, document_from
from butler.contract.texts import Texts

_USUAL_CALLS = 2_000


def arguments(parser: Parser) -> None:
    """Declare the options."""
    texts = parser.texts
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="DRAFT", help=texts("option.draft"))
    parser.add_argument("--calls", type=int, metavar="NUMBER", help=texts("option.calls"))
    parser.add_json()


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Read the draft, have it tried, and write what it would have changed."""
    draft = _draft(read_file(args.file), args.calls)
    return with_engine(lambda admin: _run(Job(admin, args, texts, draft)), texts)


def _draft(raw: bytes, calls: int | None) -> dict[str, Any]:
    try:
        found = document_from(raw)
    except RuleFileError as error:
        raise CommandFailed("trial.unreadable", EXIT_MISUSED, why=error) from None
    if isinstance(found, list):
        found = {"rules": found}
    draft = {key: found[key] for key in found if key != "version"}
    return {"calls": _USUAL_CALLS, **draft, **({} if calls is None else {"calls": calls})}


async def _run(job: Job) -> int:
    line: dict[str, Any] = {}
    rest = b""
    async for piece in job.admin.pieces("POST", "replay", body=job.given):
        *whole, rest = (rest + piece).split(b"\n")
        for raw in whole:
            line = orjson.loads(raw)
            _tell_progress(job, line)
    if line.get("replayed") is None:
        raise CommandFailed("trial.cut")
    if job.args.json:
        say_json(line["replayed"])
    else:
        _show(job.texts, line["replayed"])
    return EXIT_DONE


def _tell_progress(job: Job, line: dict[str, Any]) -> None:
    if sys.stderr.isatty():
        end = "\n" if line["replayed"] else ""
        sys.stderr.write(f"\r{line['done']:,} / {line['of']:,}{end}")


def _show(texts: Texts, found: dict[str, Any]) -> None:
    for words in _summary(texts, found):
        say(words)
    if found["moves"]:
        rows = [
            (
                move["source"] or "-",
                move["target"] or "-",
                move["target_by"],
                f"{move['calls']:,}",
                "-" if move["usd"] is None else _signed(move["usd"]),
            )
            for move in found["moves"]
        ]
        say()
        say(titled(texts, ("from", "to", "by", "calls", "difference"), rows))


def _summary(texts: Texts, found: dict[str, Any]) -> Iterator[str]:
    yield texts("trial.changed", changed=f"{found['changed']:,}", calls=f"{found['calls']:,}")
    if found["unknown"]:
        needs = " ".join(texts(f"trial.needs.{need}") for need in found["needs"])
        yield texts("trial.unknown", unknown=f"{found['unknown']:,}", needs=needs)
    cost = found["cost"]
    margin = "" if cost["plus_minus_usd"] is None else f" (± {money(cost['plus_minus_usd'])})"
    yield texts("trial.cost", usd=_signed(cost["usd"]) + margin)
    latency = found["latency"]
    if latency["ms"] is not None:
        told = f"{latency['ms']:+,.0f} ms (± {latency['plus_minus_ms']:,.0f})"
        yield texts("trial.latency", ms=told)


def _signed(usd: str) -> str:
    sign = "-" if usd.startswith("-") else "+"
    return sign + money(usd.lstrip("-"))
