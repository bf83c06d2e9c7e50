"""`butler rule`: which model answers what."""

import argparse
from typing import Any

import orjson

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import read_file, say, say_json, table
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list the rules in the order they are tried")
    listing.add_argument("--json", action="store_true", help="write JSON")
    add = actions.add_parser("add", help="add a rule, written in JSON as the API takes it")
    add.add_argument("--json", dest="file", metavar="FILE", required=True, help="- reads the input")
    edit = actions.add_parser("edit", help="change a rule")
    edit.add_argument("name")
    edit.add_argument("--json", dest="file", metavar="FILE", help="fields to change; - for input")
    edit.add_argument("--priority", type=int)
    edit.add_argument("--enable", dest="enabled", action="store_true", default=None)
    edit.add_argument("--disable", dest="enabled", action="store_false")
    remove = actions.add_parser("remove", help="remove a rule")
    remove.add_argument("name")
    remove.add_argument("--json", action="store_true", help="write JSON")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    body: dict[str, Any] = {}
    if getattr(args, "file", None):
        try:
            body = _read(args.file)
        except ValueError as error:
            source = "The input" if args.file == "-" else args.file
            raise CommandFailed(f"{source} holds no rule: {error}.", EXIT_MISUSED) from None
    work = {"list": _list, "add": _add, "edit": _edit, "remove": _remove}[args.action]
    return with_engine(lambda admin: work(admin, args, body))


def _read(file: str) -> dict[str, Any]:
    body = orjson.loads(read_file(file))
    if not isinstance(body, dict):
        raise ValueError("a rule is a JSON object")
    return body


async def _list(admin: Admin, args: argparse.Namespace, _: dict[str, Any]) -> int:
    found = (await admin.get("rules"))["items"]
    if args.json:
        say_json(found)
    else:
        titles = ("PRIORITY", "NAME", "TARGETS", "STATE", "ID")
        say(table(titles, [_row(rule) for rule in found]))
    return EXIT_DONE


async def _add(admin: Admin, args: argparse.Namespace, body: dict[str, Any]) -> int:
    say_json(await admin.post("rules", body))
    return EXIT_DONE


async def _edit(admin: Admin, args: argparse.Namespace, body: dict[str, Any]) -> int:
    changes = {"priority": args.priority, "enabled": args.enabled}
    body = body | {key: value for key, value in changes.items() if value is not None}
    rule = await admin.patch(f"rules/{segment(args.name)}", body)
    if args.file:
        say_json(rule)
    else:
        say(f"Changed {rule['name']}.")
    return EXIT_DONE


async def _remove(admin: Admin, args: argparse.Namespace, _: dict[str, Any]) -> int:
    rule = await admin.delete(f"rules/{segment(args.name)}")
    if args.json:
        say_json(rule)
    else:
        say(f"Removed {rule['name']}.")
    return EXIT_DONE


def _row(rule: dict[str, Any]) -> tuple[str, ...]:
    state = "on" if rule["enabled"] else "off"
    if rule["problems"]:
        state += ", broken: " + rule["problems"][0]["detail"]
    if rule["built_in"]:
        state += ", built in"
    targets = " → ".join([rule["target"], *rule["fallbacks"]])
    return (str(rule["priority"]), rule["name"], targets, state, rule["id"])
