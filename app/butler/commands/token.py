"""`butler token`: what AI tools send as their API key."""

import argparse
from typing import Any

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import say, say_json, table
from butler.commands.exit_codes import EXIT_DONE


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list tokens, without their text")
    add = actions.add_parser("add", help="make a token; its text is shown once")
    add.add_argument("name")
    add.add_argument("--keep-copy", action="store_true", help="keep a sealed copy to show again")
    show = actions.add_parser("show", help="show a token of which a copy is kept")
    edit = actions.add_parser("edit", help="rename a token")
    remove = actions.add_parser("remove", help="revoke a token, from the next request on")
    for command in (show, edit, remove):
        command.add_argument("name")
    edit.add_argument("--rename", metavar="NAME", required=True)
    for command in (listing, add, show, edit, remove):
        command.add_argument("--json", action="store_true", help="write JSON")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    work = {"list": _list, "add": _add, "show": _show, "edit": _edit, "remove": _remove}
    return with_engine(lambda admin: work[args.action](admin, args))


async def _list(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.get("tokens"))["items"]
    if args.json:
        say_json(found)
        return EXIT_DONE
    rows = [
        (token["name"], token["created_at"][:10], "yes" if token["has_copy"] else "no", token["id"])
        for token in found
    ]
    say(table(("NAME", "MADE ON", "COPY KEPT", "ID"), rows))
    return EXIT_DONE


async def _add(admin: Admin, args: argparse.Namespace) -> int:
    secret = await admin.post("tokens", {"name": args.name, "keep_copy": args.keep_copy})
    if args.json:
        return _write(args, secret, "")
    say(f"Made {secret['name']}. Its text, shown this once:")
    say(f"  {secret['token']}")
    return EXIT_DONE


async def _show(admin: Admin, args: argparse.Namespace) -> int:
    secret = await admin.get(f"tokens/{segment(args.name)}/secret")
    return _write(args, secret, secret["token"])


async def _edit(admin: Admin, args: argparse.Namespace) -> int:
    token = await admin.patch(f"tokens/{segment(args.name)}", {"name": args.rename})
    return _write(args, token, f"Renamed to {token['name']}.")


async def _remove(admin: Admin, args: argparse.Namespace) -> int:
    token = await admin.delete(f"tokens/{segment(args.name)}")
    return _write(args, token, f"Revoked {token['name']}.")


def _write(args: argparse.Namespace, data: dict[str, Any], words: str) -> int:
    if args.json:
        say_json(data)
    else:
        say(words)
    return EXIT_DONE
