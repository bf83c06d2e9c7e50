"""`butler provider`: where models live."""

import argparse
import os
from typing import Any

import orjson

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import complain, say, table

EXIT_USAGE = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list providers and their models")
    add = actions.add_parser("add", help="add a provider; its key comes from the environment")
    add.add_argument("name")
    add.add_argument("--kind", default="openai_compatible")
    add.add_argument("--base-url", required=True, metavar="URL")
    edit = actions.add_parser("edit", help="change a provider")
    edit.add_argument("name")
    edit.add_argument("--rename", metavar="NAME")
    edit.add_argument("--base-url", metavar="URL")
    for command in (add, edit):
        command.add_argument("--key-env", metavar="VAR", help="variable that holds the API key")
        command.add_argument("--model", action="append", metavar="ID", help="may be repeated")
    edit.add_argument("--enable", dest="enabled", action="store_true", default=None)
    edit.add_argument("--disable", dest="enabled", action="store_false")
    remove = actions.add_parser("remove", help="remove a provider and its key")
    remove.add_argument("name")
    for command in (listing, add, edit, remove):
        command.add_argument("--json", action="store_true", help="write JSON")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    key = None
    if getattr(args, "key_env", None):
        key = os.environ.get(args.key_env)
        if not key:
            complain(f"The environment variable {args.key_env} is not set, or empty.")
            return EXIT_USAGE
    work = {"list": _list, "add": _add, "edit": _edit, "remove": _remove}[args.action]
    return with_engine(lambda admin: work(admin, args, key))


async def _list(admin: Admin, args: argparse.Namespace, _: str | None) -> int:
    found = (await admin.get("providers"))["items"]
    if args.json:
        say(orjson.dumps(found).decode())
    else:
        say(table(("NAME", "KIND", "BASE URL", "KEY", "MODELS"), [_row(one) for one in found]))
    return 0


async def _add(admin: Admin, args: argparse.Namespace, key: str | None) -> int:
    body: dict[str, Any] = {
        "name": args.name,
        "kind": args.kind,
        "base_url": args.base_url,
        "models": [{"name": model} for model in args.model or []],
    }
    if key:
        body["api_key"] = key
    return _report(args, await admin.post("providers", body), "Added")


async def _edit(admin: Admin, args: argparse.Namespace, key: str | None) -> int:
    path = f"providers/{segment(args.name)}"
    body: dict[str, Any] = {}
    if args.rename:
        body["name"] = args.rename
    if args.base_url:
        body["base_url"] = args.base_url
    if args.enabled is not None:
        body["enabled"] = args.enabled
    if args.model:
        known = {model["name"]: model for model in (await admin.get(path))["models"]}
        body["models"] = [_kept(known.get(name), name) for name in args.model]
    if key:
        body["api_key"] = key
    return _report(args, await admin.patch(path, body), "Changed")


async def _remove(admin: Admin, args: argparse.Namespace, _: str | None) -> int:
    return _report(args, await admin.delete(f"providers/{segment(args.name)}"), "Removed")


def _kept(known: dict[str, Any] | None, name: str) -> dict[str, Any]:
    """Return a model to write: what is known of it stays."""
    if known is None:
        return {"name": name}
    return {key: known[key] for key in ("name", "alias", "enabled")}


def _report(args: argparse.Namespace, provider: dict[str, Any], done: str) -> int:
    if args.json:
        say(orjson.dumps(provider).decode())
        return 0
    models = ", ".join(model["target"] for model in provider["models"]) or "no models yet"
    say(f"{done} {provider['name']}: {models}.")
    return 0


def _row(provider: dict[str, Any]) -> tuple[str, ...]:
    models = ", ".join(model["name"] for model in provider["models"] if model["enabled"])
    name = provider["name"] + ("" if provider["enabled"] else " (off)")
    key = "yes" if provider["has_key"] else "none"
    return (name, provider["kind"], provider["base_url"], key, models)
