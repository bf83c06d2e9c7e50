"""`butler breaker`: which models are kept away from, and why; and letting calls in again."""

import argparse
from typing import Any

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import say, say_json, table
from butler.commands.exit_codes import EXIT_DONE
from butler.commands.parsing import with_json
from butler.commands.texts import tr


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar=tr("ACTION"), required=True)
    listing = actions.add_parser("list", help=tr("list the breakers that are not closed"))
    reset = actions.add_parser("reset", help=tr("close a breaker, or all of them"))
    reset.add_argument("target", nargs="?", metavar="PROVIDER/MODEL")
    with_json(listing, reset)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    return with_engine(lambda admin: _breakers(admin, args))


async def _breakers(admin: Admin, args: argparse.Namespace) -> int:
    if args.action == "list":
        found = (await admin.get("breakers"))["items"]
    elif args.target:
        found = (await admin.post(f"breakers/{segment(args.target)}:reset"))["items"]
    else:
        found = (await admin.post("breakers:reset"))["items"]
    if args.json:
        say_json(found)
    elif found:
        titles = ("MODEL", "STATE", "FOR ANOTHER", "WHY")
        say(table([tr(title) for title in titles], [_row(breaker) for breaker in found]))
    else:
        say(tr("Every breaker is closed."))
    return EXIT_DONE


def _row(breaker: dict[str, Any]) -> tuple[str, ...]:
    state = tr("open") if breaker["state"] == "open" else tr("half open")
    return (breaker["target"], state, f"{breaker['left_ms'] / 1000:.0f} s", breaker["reason"])
