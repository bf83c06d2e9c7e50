"""`butler requests`: what was asked, who answered, and why."""

import argparse
from collections.abc import Iterator
from contextlib import aclosing
from typing import Any

from butler.commands.admin import segment
from butler.commands.call_filter import add_log_filters, query_of
from butler.commands.console import moment, money, open_file, padded, shorten, titled
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.commands.trace import trace_table
from butler.contract.texts import Texts

_NAME_COLUMNS = 10
_REASON_COLUMNS = 48


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    texts = parser.texts
    actions = parser.actions("requests")
    listing = actions.add("list", _list)
    listing.add_argument(
        "--limit", type=int, default=20, metavar="NUMBER", help=texts("option.limit")
    )
    listing.add_argument("--before", metavar="ID", help=texts("option.before_request"))
    show = actions.add("show", _show)
    show.add_argument("id", metavar="ID")
    export = actions.add("export", _export)
    export.add_argument("file", metavar="FILE", help=texts("option.log_file"))
    for command in (listing, export):
        add_log_filters(command)
    words = actions.add("words", _words)
    forget = actions.add("forget", _forget, prepare=_which)
    words.add_argument("id", metavar="ID")
    forget.add_argument("id", metavar="ID", nargs="?")
    forget.add_argument("--all", action="store_true", help=texts("option.forget_all"))


async def _list(job: Job) -> int:
    found = (await job.admin.get("requests", query_of(job.args, "limit", "before")))["items"]
    columns = ("when", "layer", "model", "reason", "tokens", "cost", "ms", "status", "id")
    return job.listed(found, columns, [_row(job.texts, call) for call in found])


def _row(texts: Texts, call: dict[str, Any]) -> tuple[str, ...]:
    decided = next((step for step in call["trace"] if step["outcome"] == "decided"), None)
    return (
        moment(call["started_at"]),
        call["layer"] or "-",
        call["target"] or "-",
        shorten(decided["reason"], _REASON_COLUMNS) if decided else "-",
        _tokens(call),
        _cost(texts, call),
        f"{call['duration_ms']:.0f}",
        str(call["status"]),
        call["id"],
    )


async def _show(job: Job) -> int:
    call = await job.admin.get(f"requests/{segment(job.args.id)}")
    lines = [
        padded(job.texts(f"request.{name}"), _NAME_COLUMNS) + told
        for name, told in _facts(job.texts, call)
    ]
    parts = ["\n".join(lines), trace_table(job.texts, call["trace"]), _attempts(job.texts, call)]
    return job.report(call, "\n\n".join(part for part in parts if part))


def _facts(texts: Texts, call: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of a call: the name of each line, and what stands in it."""
    yield "id", call["id"]
    yield "when", moment(call["started_at"])
    yield "who", " · ".join(filter(None, (call["token_name"], call["client"]))) or "-"
    yield "asked", f"{call['requested_model'] or '-'} ({call['endpoint']})"
    yield "target", call["target"] or "-"
    yield "status", " ".join(filter(None, (str(call["status"]), call["error"])))
    ttft = "-" if call["ttft_ms"] is None else f"{call['ttft_ms']:.0f}"
    overhead = "-" if call["overhead_ms"] is None else f"{call['overhead_ms']:.2f}"
    duration = f"{call['duration_ms']:.0f}"
    yield "time", texts("request.times", duration=duration, ttft=ttft, overhead=overhead)
    yield "tokens", f"{_tokens(call)}  {texts.named('usage', call['usage_source'])}"
    yield "cost", _cost(texts, call)
    for warning in call["warnings"]:
        yield "warning", warning


def _attempts(texts: Texts, call: dict[str, Any]) -> str:
    rows = [
        (
            texts.named("attempt", attempt["outcome"]).format(target=attempt["target"]),
            texts.named("failure", attempt["failure"]) if attempt["failure"] else "-",
            str(attempt["status"] or "-"),
            f"{attempt['ms']:.0f}",
            attempt["error"] or "-",
        )
        for attempt in call["attempts"]
    ]
    return titled(texts, ("attempt", "failure", "status", "ms", "error"), rows) if rows else ""


def _tokens(call: dict[str, Any]) -> str:
    given, written = call["input_tokens"], call["output_tokens"]
    mark = "~" if call["usage_source"] == "estimated" else ""
    return "-" if given is None and written is None else f"{mark}{given or 0}/{written or 0}"


def _cost(texts: Texts, call: dict[str, Any]) -> str:
    known = call["cost_source"] == "priced"
    return money(call["cost_usd"]) if known else texts(f"cost.{call['cost_source']}")


async def _words(job: Job) -> int:
    kept = await job.admin.get(f"requests/{segment(job.args.id)}/body")
    answer = kept["answer"]
    return job.report(kept, kept["request"] if answer is None else f"{kept['request']}\n\n{answer}")


def _which(args: argparse.Namespace) -> str:
    """Return whose words are to be forgotten, as a path; all only where that is said outright."""
    if bool(args.id) == args.all:
        raise CommandFailed("request.forget_what", EXIT_MISUSED)
    return "bodies" if args.all else f"requests/{segment(args.id)}/body"


async def _forget(job: Job) -> int:
    done = await job.admin.delete(job.given)
    return job.told(done, "request.forgotten", number=f"{done['forgotten']:,}")


async def _export(job: Job) -> int:
    """Write the log as it comes: it may be larger than memory."""
    args: argparse.Namespace = job.args
    lines = args.json or args.file.endswith((".jsonl", ".json"))
    query = {**query_of(args), "format": "jsonl" if lines else "csv"}
    async with aclosing(job.admin.pieces("GET", "requests/export", query)) as pieces:
        first = await anext(pieces, b"")
        with open_file(args.file) as file:
            file.write(first)
            async for piece in pieces:
                file.write(piece)
    return EXIT_DONE
