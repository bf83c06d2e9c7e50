"""`butler token`: what AI tools send as their API key."""

import argparse
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import say, say_json, table
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed
from butler.commands.parsing import with_json
from butler.commands.texts import tr

_DAYS = re.compile(r"([0-9]{1,5})d")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar=tr("ACTION"), required=True)
    listing = actions.add_parser("list", help=tr("list tokens, without their text"))
    add = actions.add_parser("add", help=tr("make a token; its text is shown once"))
    add.add_argument("name")
    add.add_argument(
        "--keep-copy", action="store_true", help=tr("keep a sealed copy to show again")
    )
    show = actions.add_parser("show", help=tr("show a token of which a copy is kept"))
    edit = actions.add_parser("edit", help=tr("rename a token, change its limits"))
    remove = actions.add_parser("remove", help=tr("revoke a token, from the next request on"))
    for command in (show, edit, remove):
        command.add_argument("name")
    edit.add_argument("--rename", metavar="NAME", help=tr("its new name"))
    for command in (add, edit):
        _limits(command)
    with_json(listing, add, show, edit, remove)


def _limits(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--expires",
        metavar="TIME",
        type=_time,
        help=tr("a date, a time (2027-01-31T12:00), so many days (30d), or never"),
    )
    command.add_argument(
        "--allow",
        metavar="MODEL",
        action="append",
        help=tr("auto, provider/model or provider/*; may be repeated; all lifts the limit"),
    )
    command.add_argument(
        "--rpm", metavar="NUMBER", type=int, help=tr("requests per minute; 0 lifts the limit")
    )


def _time(text: str) -> str:
    """Return the time that a word means, as the API takes it; empty for never."""
    if text == "never":
        return ""
    days = _DAYS.fullmatch(text)
    if days:
        return (datetime.now(UTC) + timedelta(days=int(days[1]))).isoformat()
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(tr("{text!r} is no time", text=text)) from None


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    work = {"list": _list, "add": _add, "show": _show, "edit": _edit, "remove": _remove}
    return with_engine(lambda admin: work[args.action](admin, args))


async def _list(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.get("tokens"))["items"]
    if args.json:
        say_json(found)
        return EXIT_DONE
    titles = ("NAME", "MADE ON", "LAST USED", "COPY KEPT", "LIMITS", "ID")
    say(table([tr(title) for title in titles], [_row(token) for token in found]))
    return EXIT_DONE


def _row(token: dict[str, Any]) -> tuple[str, ...]:
    used = (token.get("last_used_at") or "-")[:16].replace("T", " ")
    copy = tr("yes") if token["has_copy"] else tr("no")
    limits = []
    if token.get("expires_at"):
        limits.append(tr("until {time}", time=token["expires_at"][:16].replace("T", " ")))
    if token.get("allowed_models"):
        limits.append(", ".join(token["allowed_models"]))
    if token.get("requests_per_minute"):
        limits.append(tr("{number} a minute", number=token["requests_per_minute"]))
    return (
        token["name"], token["created_at"][:10], used, copy, "; ".join(limits) or "-", token["id"]
    )  # fmt: skip


async def _add(admin: Admin, args: argparse.Namespace) -> int:
    body = {"name": args.name, "keep_copy": args.keep_copy, **_chosen_limits(args)}
    # What lifts a limit is nothing to say of a token that has none yet.
    secret = await admin.post("tokens", {key: it for key, it in body.items() if it is not None})
    if args.json:
        return _write(args, secret, "")
    say(tr("Made {name}. Its text, shown this once:", name=secret["name"]))
    say(f"  {secret['token']}")
    return EXIT_DONE


def _chosen_limits(args: argparse.Namespace) -> dict[str, Any]:
    """Return the limits that the command line names; None or an empty list lifts one."""
    chosen: dict[str, Any] = {}
    if args.expires is not None:
        chosen["expires_at"] = args.expires or None
    if args.allow is not None:
        chosen["allowed_models"] = [] if "all" in args.allow else args.allow
    if args.rpm is not None:
        chosen["requests_per_minute"] = args.rpm or None
    return chosen


async def _show(admin: Admin, args: argparse.Namespace) -> int:
    secret = await admin.get(f"tokens/{segment(args.name)}/secret")
    return _write(args, secret, secret["token"])


async def _edit(admin: Admin, args: argparse.Namespace) -> int:
    body = _chosen_limits(args) | ({"name": args.rename} if args.rename else {})
    if not body:
        raise CommandFailed(tr("There is nothing to change."), EXIT_MISUSED)
    token = await admin.patch(f"tokens/{segment(args.name)}", body)
    name = token["name"]
    done = tr("Renamed to {name}.", name=name) if args.rename else tr("Changed {name}.", name=name)
    return _write(args, token, done)


async def _remove(admin: Admin, args: argparse.Namespace) -> int:
    token = await admin.delete(f"tokens/{segment(args.name)}")
    return _write(args, token, tr("Revoked {name}.", name=token["name"]))


def _write(args: argparse.Namespace, data: dict[str, Any], words: str) -> int:
    if args.json:
        say_json(data)
    else:
        say(words)
    return EXIT_DONE
