"""`butler history`: what was changed, and the way back."""

from typing import Any

import orjson

from butler.commands.console import moment
from butler.commands.exit_codes import CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    texts = parser.texts
    actions = parser.actions("history")
    listing = actions.add("list", _list)
    listing.add_argument(
        "--limit", type=int, default=20, metavar="NUMBER", help=texts("option.limit")
    )
    listing.add_argument("--before", type=int, metavar="REVISION", help=texts("option.before"))
    show = actions.add("show", _show)
    undo = actions.add("undo", _back)
    restore = actions.add("restore", _back)
    undo.add_argument("revision", type=int, nargs="?", metavar="REVISION")
    for command in (show, restore):
        command.add_argument("revision", type=int, metavar="REVISION")


async def _list(job: Job) -> int:
    query = {"limit": str(job.args.limit)}
    if job.args.before is not None:
        query["before"] = str(job.args.before)
    found = (await job.admin.get("history", query))["items"]
    rows = [(str(line["revision"]), moment(line["at"]), line["summary"]) for line in found]
    return job.listed(found, ("revision", "when", "what"), rows)


async def _show(job: Job) -> int:
    entry = await job.admin.get(f"history/{job.args.revision}")
    lines = [
        job.texts("history.entry", **{**entry, "at": moment(entry["at"])}),
        *(line for change in entry["changes"] for line in _change(change)),
    ]
    return job.report(entry, "\n".join(lines))


def _change(change: dict[str, Any]) -> list[str]:
    """Return one record as a patch shows it: what it was, what it is."""
    before, after = change["before"] or {}, change["after"] or {}
    lines = [f"{change['table']} {change['id']}"]
    for field in change["fields"] or sorted({*before, *after}):
        old, new = before.get(field), after.get(field)
        lines += [f"  - {field}: {_shown(old)}"] if field in before else []
        lines += [f"  + {field}: {_shown(new)}"] if field in after else []
    return lines


def _shown(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


async def _back(job: Job) -> int:
    revision = job.args.revision
    if revision is None:
        latest = (await job.admin.get("history", {"limit": "1"}))["items"]
        if not latest:
            raise CommandFailed("history.empty")
        revision = latest[0]["revision"]
    entry = await job.admin.post(f"history/{revision}:{job.args.action}")
    return job.told(entry, "history.done", revision=entry["revision"], summary=entry["summary"])
