"""`butler provider`: where models live."""

import argparse
import os
from typing import Any

from butler.commands import provider_probe
from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import readable, say, say_json, table
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed
from butler.commands.parsing import with_json
from butler.commands.texts import tr

_OPTIONS = ("proxy", "ca_file", "max_concurrent", "local", "ask_usage")
"""Options of the provider that are options of the command line, too."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar=tr("ACTION"), required=True)
    listing = actions.add_parser("list", help=tr("list providers and their models"))
    add = actions.add_parser("add", help=tr("add a provider; its key comes from the environment"))
    add.add_argument("name")
    add.add_argument("--kind", help=tr("openai_compatible (usual) or anthropic_compatible"))
    add.add_argument(
        "--preset", metavar="ID", help=tr("a well-known vendor: see `butler provider presets`")
    )
    add.add_argument("--base-url", metavar="URL")
    edit = actions.add_parser("edit", help=tr("change a provider"))
    edit.add_argument("name")
    edit.add_argument("--rename", metavar="NAME")
    edit.add_argument("--base-url", metavar="URL")
    for command in (add, edit):
        _connection(command)
    _model_option(add, "--model", tr("a model to offer; may be repeated"))
    replaces = tr("replaces the list of models by those named; may be repeated")
    _model_option(edit, "--model", replaces)
    _model_option(edit, "--add-model", tr("adds to the list of models; may be repeated"))
    _model_option(edit, "--remove-model", tr("takes from the list of models; may be repeated"))
    edit.add_argument("--enable", dest="enabled", action="store_true", default=None)
    edit.add_argument("--disable", dest="enabled", action="store_false")
    remove = actions.add_parser("remove", help=tr("remove a provider and its key"))
    remove.add_argument("name")
    with_json(listing, add, edit, remove)
    provider_probe.arguments(actions)


def _connection(command: argparse.ArgumentParser) -> None:
    command.add_argument("--key-env", metavar="VAR", help=tr("variable that holds the API key"))
    command.add_argument(
        "--alias",
        action="append",
        type=_alias,
        default=[],
        metavar="MODEL=ALIAS",
        help=tr("a short name for a model, empty to take it away; may be repeated"),
    )
    on_or_off = argparse.BooleanOptionalAction
    command.add_argument("--local", action=on_or_off, help=tr("whether it is a server of your own"))
    command.add_argument(
        "--ask-usage", action=on_or_off, help=tr("whether to ask for token counts in streams")
    )
    command.add_argument(
        "--proxy", metavar="URL", help=tr("`direct` for none; empty for the system's")
    )
    command.add_argument(
        "--ca-file", metavar="FILE", help=tr("authorities to trust; empty for the system's")
    )
    command.add_argument(
        "--max-concurrent", type=int, metavar="NUMBER", help=tr("calls at once; 0 for any number")
    )


def _model_option(command: argparse.ArgumentParser, option: str, help_: str) -> None:
    command.add_argument(option, action="append", default=[], metavar="ID", help=help_)


def _alias(text: str) -> tuple[str, str]:
    model, equals, alias = text.rpartition("=")
    if not model or not equals:
        raise argparse.ArgumentTypeError(tr("{text!r} is not written MODEL=ALIAS", text=text))
    return model, alias


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    key = key_of(args.key_env) if getattr(args, "key_env", None) else None
    if args.action == "list":
        return with_engine(lambda admin: _list(admin, args))
    if args.action in ("add", "edit", "remove"):
        return with_engine(lambda admin: _change(admin, args, key))
    return provider_probe.run(args)


def key_of(variable: str) -> str:
    """Return the key in an environment variable; raises CommandFailed where there is none."""
    try:
        key = readable(os.environ.get(variable, ""))
    except ValueError:
        sentence = tr("The environment variable {name} holds no UTF-8 text.", name=variable)
        raise CommandFailed(sentence, EXIT_MISUSED) from None
    if not key:
        sentence = tr("The environment variable {name} is not set, or empty.", name=variable)
        raise CommandFailed(sentence, EXIT_MISUSED)
    return key


async def _list(admin: Admin, args: argparse.Namespace) -> int:
    found = (await admin.get("providers"))["items"]
    if args.json:
        say_json(found)
    else:
        titles = ("NAME", "KIND", "BASE URL", "KEY", "MODELS")
        say(table([tr(title) for title in titles], [_row(one) for one in found]))
    return EXIT_DONE


async def _change(admin: Admin, args: argparse.Namespace, key: str | None) -> int:
    """Do what was asked; where that moved the default target, say so."""
    before = (await admin.get("status"))["default_target"]
    work = {"add": _add, "edit": _edit, "remove": _remove}[args.action]
    done = await work(admin, args, key)
    default = (await admin.get("status"))["default_target"]
    if default != before and not args.json:
        say(_told_default(default))
    return done


def _told_default(default: str | None) -> str:
    if default:
        return tr("The default target is {target} now.", target=default)
    return tr(
        "There is no default target now: "
        "`butler setting set routing.default_target PROVIDER/MODEL`."
    )


async def _add(admin: Admin, args: argparse.Namespace, key: str | None) -> int:
    body: dict[str, Any] = {
        "name": args.name,
        "kind": args.kind or (None if args.preset else "openai_compatible"),
        "preset": args.preset,
        "base_url": args.base_url,
        "options": _options(args, {}),
    }
    if args.model or not args.preset:
        body["models"] = _models(args, [])
    if key:
        body["api_key"] = key
    return _report(args, await admin.post("providers", body), tr("Added"))


async def _edit(admin: Admin, args: argparse.Namespace, key: str | None) -> int:
    path = f"providers/{segment(args.name)}"
    known, revision = await admin.read(path)
    body: dict[str, Any] = {}
    if args.rename:
        body["name"] = args.rename
    if args.base_url:
        body["base_url"] = args.base_url
    if args.enabled is not None:
        body["enabled"] = args.enabled
    if args.model or args.add_model or args.remove_model or args.alias:
        body["models"] = _models(args, known["models"])
    options = _options(args, known["options"])
    if options != known["options"]:
        body["options"] = options
    if key:
        body["api_key"] = key
    return _report(args, await admin.patch(path, body, revision), tr("Changed"))


async def _remove(admin: Admin, args: argparse.Namespace, _: str | None) -> int:
    gone = await admin.delete(f"providers/{segment(args.name)}")
    return _report(args, gone, tr("Removed"))


def _options(args: argparse.Namespace, known: dict[str, Any]) -> dict[str, Any]:
    """Return the options to store: what is not said stays, what is empty goes."""
    said = {name: getattr(args, name) for name in _OPTIONS if getattr(args, name) is not None}
    together = {**known, **said}
    return {name: value for name, value in together.items() if value is False or value}


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
                sentence = tr(
                    "{option} names {name!r}, which is not among the provider's models.",
                    option=option,
                    name=name,
                )
                raise CommandFailed(sentence, EXIT_MISUSED)
    return [_model(known.get(name, {}), name, aliases) for name in wanted if name not in gone]


def _model(known: dict[str, Any], name: str, aliases: dict[str, str]) -> dict[str, Any]:
    written = {key: value for key, value in known.items() if key not in ("id", "target")}
    return {**written, "name": name, "alias": aliases.get(name, known.get("alias")) or None}


def _report(args: argparse.Namespace, provider: dict[str, Any], done: str) -> int:
    if args.json:
        say_json(provider)
        return EXIT_DONE
    models = ", ".join(_shown(model, "target") for model in provider["models"])
    say(f"{done} {provider['name']}: {models or tr('no models yet')}.")
    return EXIT_DONE


def _shown(model: dict[str, Any], field: str) -> str:
    if not model["alias"]:
        return str(model[field])
    return tr("{name} (alias {alias})", name=model[field], alias=model["alias"])


def _row(provider: dict[str, Any]) -> tuple[str, ...]:
    models = ", ".join(_shown(model, "name") for model in provider["models"] if model["enabled"])
    name = provider["name"] + ("" if provider["enabled"] else tr(" (off)"))
    key = tr("yes") if provider["has_key"] else tr("none")
    return (name, provider["kind"], provider["base_url"], key, models)
