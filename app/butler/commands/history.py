"""`butler history`: what was changed, and the way back."""

import argparse
from typing import Any

from butler.commands.admin import Admin, with_engine
from butler.commands.console import say, say_json, table
from butler.commands.exit_codes import EXIT_DONE
from butler.commands.parsing import with_json
from butler.commands.texts import tr


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar=tr("ACTION"), required=True)
    listing = actions.add_parser("list", help=tr("list the latest changes"))
    listing.add_argument("--limit", type=int, default=20, metavar="NUMBER")
    undo = actions.add_parser("undo", help=tr("take one change back, the latest by default"))
    undo.add_argument("revision", type=int, nargs="?", metavar="REVISION")
    restore = actions.add_parser("restore", help=tr("make everything as it was after a change"))
    restore.add_argument("revision", type=int, metavar="REVISION")
    with_json(listing, undo, restore)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    work = {"list": _list, "undo": _back, "restore": _back}[args.action]
    return with_engine(lambda admin: work(admin, args))


async def _list(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.get(f"history?limit={args.limit}"))["items"]
    if args.json:
        say_json(found)
        return EXIT_DONE
    titles = ("REVISION", "WHEN (UTC)", "WHAT")
    say(table([tr(title) for title in titles], [_row(line) for line in found]))
    return EXIT_DONE


async def _back(admin: Admin, args: argparse.Namespace) -> int:
    revision = args.revision
    if revision is None:
        latest = (await admin.get("history?limit=1"))["items"]
        if not latest:
            say(tr("Nothing was changed yet."))
            return EXIT_DONE
        revision = latest[0]["revision"]
    done = await admin.post(f"history/{revision}:{args.action}")
    if args.json:
        say_json(done)
    else:
        say(tr("Revision {revision}: {summary}.", **done))
    return EXIT_DONE


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    return (str(line["revision"]), line["at"][:19].replace("T", " "), line["summary"])
