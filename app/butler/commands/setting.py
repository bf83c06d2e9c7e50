"""`butler setting`: what can be set, what is in force, and where it comes from."""

import argparse
from typing import Any

import orjson

from butler.commands.admin import Admin, with_engine
from butler.commands.console import say, say_json, table
from butler.commands.exit_codes import EXIT_DONE
from butler.commands.parsing import with_json
from butler.commands.texts import tr


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help=tr("list the settings and what is in force"))
    change = actions.add_parser("set", help=tr("store a value"))
    reset = actions.add_parser("reset", help=tr("go back to the default"))
    for command in (change, reset):
        command.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE", help=tr("true, false, a number, else text"))
    with_json(listing, change, reset)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    work = {"list": _list, "set": _set, "reset": _reset}[args.action]
    return with_engine(lambda admin: work(admin, args))


async def _list(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.get("settings"))["items"]
    if args.json:
        say_json(found)
        return EXIT_DONE
    rows = [
        (row["key"], _shown(row["value"]), tr(row["source"]), tr(row["summary"])) for row in found
    ]
    say(table((tr("KEY"), tr("VALUE"), tr("FROM"), tr("WHAT IT IS")), rows))
    return EXIT_DONE


async def _set(admin: Admin, args: argparse.Namespace) -> int:
    return await _change(admin, args, _read(args.value))


async def _reset(admin: Admin, args: argparse.Namespace) -> int:
    return await _change(admin, args, None)


async def _change(admin: Admin, args: argparse.Namespace, value: object) -> int:
    """Store a value, None for the default; say what is in force, which may be another."""
    found = (await admin.patch("settings", {args.key: value}))["items"]
    (row,) = (row for row in found if row["key"] == args.key)
    if args.json:
        say_json(row)
    else:
        say(_told(row, serving=admin.serving))
    return EXIT_DONE


def _told(row: dict[str, Any], *, serving: bool) -> str:
    told = {"key": row["key"], "value": _shown(row["value"]), "source": tr(row["source"])}
    if row["source"] in ("environment", "command line"):
        return tr("Stored, but {key} is {value} all the same: the {source} says so.", **told)
    if serving and row["applies"] == "restart":
        return tr("{key} is {value} from the engine's next start on ({source}).", **told)
    return tr("{key} is {value} now ({source}).", **told)


def _read(text: str) -> object:
    """Return what a word on the command line means: true, false, a number, else itself."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
    return value if isinstance(value, bool | int | float) else text


def _shown(value: object) -> str:
    """Return a value as `set` takes it; a dash where there is none."""
    if value is None:
        return "-"
    return value if isinstance(value, str) else orjson.dumps(value).decode()
