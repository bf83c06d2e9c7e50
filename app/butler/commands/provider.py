"""`butler provider`: where models live."""

import argparse
import os
from typing import Any

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import readable, say, say_json, table
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed

_NO_DEFAULT = (
    "There is no default target now: `butler setting set routing.default_target PROVIDER/MODEL`."
)


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
        command.add_argument(
            "--alias",
            action="append",
            type=_alias,
            default=[],
            metavar="MODEL=ALIAS",
            help="a short name for a model, empty to take it away; may be repeated",
        )
    _model_option(add, "--model", "a model to offer; may be repeated")
    _model_option(edit, "--model", "replaces the list of models by those named; may be repeated")
    _model_option(edit, "--add-model", "adds to the list of models; may be repeated")
    _model_option(edit, "--remove-model", "takes from the list of models; may be repeated")
    edit.add_argument("--enable", dest="enabled", action="store_true", default=None)
    edit.add_argument("--disable", dest="enabled", action="store_false")
    remove = actions.add_parser("remove", help="remove a provider and its key")
    remove.add_argument("name")
    for command in (listing, add, edit, remove):
        command.add_argument("--json", action="store_true", help="write JSON")


def _model_option(command: argparse.ArgumentParser, option: str, help_: str) -> None:
    command.add_argument(option, action="append", default=[], metavar="ID", help=help_)


def _alias(text: str) -> tuple[str, str]:
    model, equals, alias = text.rpartition("=")
    if not model or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not written MODEL=ALIAS")
    return model, alias


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    key = _key(args.key_env) if getattr(args, "key_env", None) else None
    if args.action == "list":
        return with_engine(lambda admin: _list(admin, args))
    return with_engine(lambda admin: _change(admin, args, key))


def _key(variable: str) -> str:
    try:
        key = readable(os.environ.get(variable, ""))
    except ValueError:
        raise CommandFailed(
            f"The environment variable {variable} holds no UTF-8 text.", EXIT_MISUSED
        ) from None
    if not key:
        raise CommandFailed(
            f"The environment variable {variable} is not set, or empty.", EXIT_MISUSED
        )
    return key


async def _list(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.get("providers"))["items"]
    if args.json:
        say_json(found)
    else:
        say(table(("NAME", "KIND", "BASE URL", "KEY", "MODELS"), [_row(one) for one in found]))
    return EXIT_DONE


async def _change(admin: Admin, args: argparse.Namespace, key: str | None) -> int:
    """Do what was asked; where that moved the default target, say so."""
    before = (await admin.get("status"))["default_target"]
    work = {"add": _add, "edit": _edit, "remove": _remove}[args.action]
    done = await work(admin, args, key)
    default = (await admin.get("status"))["default_target"]
    if default != before and not args.json:
        say(f"The default target is {default} now." if default else _NO_DEFAULT)
    return done


async def _add(admin: Admin, args: argparse.Namespace, key: str | None) -> int:
    body: dict[str, Any] = {
        "name": args.name,
        "kind": args.kind,
        "base_url": args.base_url,
        "models": _models(args, []),
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
    if args.model or args.add_model or args.remove_model or args.alias:
        body["models"] = _models(args, (await admin.get(path))["models"])
    if key:
        body["api_key"] = key
    return _report(args, await admin.patch(path, body), "Changed")


async def _remove(admin: Admin, args: argparse.Namespace, _: str | None) -> int:
    return _report(args, await admin.delete(f"providers/{segment(args.name)}"), "Removed")


def _models(args: argparse.Namespace, present: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the models to write; what is known of one that stays, stays."""
    known = {model["name"]: model for model in present}
    added, gone = getattr(args, "add_model", []), getattr(args, "remove_model", [])
    wanted = args.model or list(known)
    wanted = wanted + [name for name in added if name not in wanted]
    aliases = dict(args.alias)
    for option, names in (("--remove-model", gone), ("--alias", aliases)):
        for name in names:
            if name not in wanted:
                sentence = f"{option} names {name!r}, which is not among the provider's models."
                raise CommandFailed(sentence, EXIT_MISUSED)
    return [_model(known.get(name, {}), name, aliases) for name in wanted if name not in gone]


def _model(known: dict[str, Any], name: str, aliases: dict[str, str]) -> dict[str, Any]:
    alias = aliases.get(name, known.get("alias"))
    return {"name": name, "alias": alias or None, "enabled": known.get("enabled", True)}


def _report(args: argparse.Namespace, provider: dict[str, Any], done: str) -> int:
    if args.json:
        say_json(provider)
        return EXIT_DONE
    models = ", ".join(_shown(model, "target") for model in provider["models"])
    say(f"{done} {provider['name']}: {models or 'no models yet'}.")
    return EXIT_DONE


def _shown(model: dict[str, Any], field: str) -> str:
    return f"{model[field]} (alias {model['alias']})" if model["alias"] else str(model[field])


def _row(provider: dict[str, Any]) -> tuple[str, ...]:
    models = ", ".join(_shown(model, "name") for model in provider["models"] if model["enabled"])
    name = provider["name"] + ("" if provider["enabled"] else " (off)")
    key = "yes" if provider["has_key"] else "none"
    return (name, provider["kind"], provider["base_url"], key, models)
