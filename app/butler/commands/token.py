"""`butler token`: what AI tools send as their API key."""

import argparse
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from butler.commands.admin import segment
from butler.commands.console import moment
from butler.commands.exit_codes import EXIT_MISUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser

_DAYS = re.compile(r"([0-9]{1,5})d")


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    texts = parser.texts
    actions = parser.actions("token")
    actions.add("list", _list)
    add = actions.add("add", _add, prepare=_limits)
    add.add_argument("name", metavar="NAME")
    add.add_argument("--keep-copy", action="store_true", help=texts("option.keep_copy"))
    show = actions.add("show", _show)
    edit = actions.add("edit", _edit, prepare=_changes)
    remove = actions.add("remove", _remove)
    for command in (show, edit, remove):
        command.add_argument("name", metavar="NAME")
    edit.add_argument("--rename", metavar="NAME", help=texts("option.rename"))
    for command in (add, edit):
        command.add_argument("--expires", metavar="TIME", help=texts("option.expires"))
        command.add_argument(
            "--allow", metavar="MODEL", action="append", help=texts("option.allow")
        )
        command.add_argument("--rpm", metavar="NUMBER", type=int, help=texts("option.rpm"))


def _limits(args: argparse.Namespace) -> dict[str, Any]:
    """Return the limits that the command line names; None or an empty list lifts one."""
    chosen: dict[str, Any] = {}
    if args.expires is not None:
        chosen["expires_at"] = None if args.expires == "never" else _time(args.expires)
    if args.allow is not None:
        chosen["allowed_models"] = [] if "all" in args.allow else args.allow
    if args.rpm is not None:
        chosen["requests_per_minute"] = args.rpm or None
    return chosen


def _time(text: str) -> str:
    days = _DAYS.fullmatch(text)
    if days:
        return (datetime.now(UTC) + timedelta(days=int(days[1]))).isoformat()
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except (ValueError, OverflowError):
        raise CommandFailed("token.no_time", EXIT_MISUSED, text=text) from None


def _changes(args: argparse.Namespace) -> dict[str, Any]:
    body = _limits(args)
    if args.rename:
        body["name"] = args.rename
    if not body:
        raise CommandFailed("failed.nothing_to_change", EXIT_MISUSED)
    return body


async def _list(job: Job) -> int:
    found = (await job.admin.get("tokens"))["items"]
    columns = ("name", "made_on", "last_used", "copy_kept", "limits", "id")
    return job.listed(found, columns, [_row(job, token) for token in found])


async def _add(job: Job) -> int:
    # What lifts a limit is nothing to say of a token that has none yet.
    limits = {key: value for key, value in job.given.items() if value is not None}
    body = {"name": job.args.name, "keep_copy": job.args.keep_copy, **limits}
    secret = await job.admin.post("tokens", body)
    return job.told(secret, "token.made", name=secret["name"], token=secret["token"])


async def _show(job: Job) -> int:
    secret = await job.admin.get(f"tokens/{segment(job.args.name)}/secret")
    return job.report(secret, secret["token"])


async def _edit(job: Job) -> int:
    token = await job.admin.patch(f"tokens/{segment(job.args.name)}", job.given)
    done = "token.renamed" if job.args.rename else "done.changed"
    return job.told(token, done, name=token["name"])


async def _remove(job: Job) -> int:
    token = await job.admin.delete(f"tokens/{segment(job.args.name)}")
    return job.told(token, "token.revoked", name=token["name"])


def _row(job: Job, token: dict[str, Any]) -> tuple[str, ...]:
    limits = []
    if token["expires_at"]:
        limits.append(job.texts("token.until", time=moment(token["expires_at"])))
    if token["allowed_models"]:
        limits.append(", ".join(token["allowed_models"]))
    if token["requests_per_minute"]:
        limits.append(job.texts("token.per_minute", number=token["requests_per_minute"]))
    return (
        token["name"],
        moment(token["created_at"])[:10],
        moment(token["last_used_at"]),
        job.yes_no(token["has_copy"]),
        "; ".join(limits) or "-",
        token["id"],
    )
