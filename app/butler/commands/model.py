"""`butler model`: what the providers offer, and what is known of it."""

import argparse
from typing import Any

import orjson

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import read_file, say, say_json, table
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed
from butler.commands.parsing import with_json
from butler.commands.texts import tr

_FLAGS = {"tools": "tools", "json_mode": "JSON", "thinking": "thinking"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar=tr("ACTION"), required=True)
    listing = actions.add_parser("list", help=tr("list the models of all providers"))
    add = actions.add_parser("add", help=tr("add a model to a provider"))
    add.add_argument("name", metavar="PROVIDER/MODEL")
    edit = actions.add_parser("edit", help=tr("change what is known of a model"))
    edit.add_argument("name", metavar="MODEL", help=tr("its target, alias or id"))
    edit.add_argument("--rename", metavar="ID", help=tr("what its provider calls it"))
    for command in (add, edit):
        _details(command)
    remove = actions.add_parser("remove", help=tr("remove a model"))
    remove.add_argument("name", metavar="MODEL", help=tr("its target, alias or id"))
    with_json(listing, add, edit, remove)


def _details(command: argparse.ArgumentParser) -> None:
    command.add_argument("--alias", metavar="NAME", help=tr("a short name; empty takes it away"))
    command.add_argument("--enable", dest="enabled", action="store_true", default=None)
    command.add_argument("--disable", dest="enabled", action="store_false")
    command.add_argument("--context", dest="context_tokens", type=int, metavar="TOKENS")
    command.add_argument("--output", dest="output_tokens", type=int, metavar="TOKENS")
    command.add_argument(
        "--price",
        metavar="IN:OUT",
        type=_prices,
        help=tr("dollars for a million tokens read and written, like 0.25:1.5"),
    )
    command.add_argument(
        "--details", metavar="FILE", help=tr("everything else in JSON as the API takes it")
    )


def _prices(text: str) -> dict[str, str]:
    given, colon, written = text.partition(":")
    if not colon or not given or not written:
        raise argparse.ArgumentTypeError(tr("{text!r} is not written IN:OUT", text=text))
    return {"input_usd": given, "output_usd": written}


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    body = _body(args) if args.action in ("add", "edit") else {}
    work = {"list": _list, "add": _add, "edit": _edit, "remove": _remove}[args.action]
    return with_engine(lambda admin: work(admin, args, body))


def _body(args: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say of the model; they beat the file."""
    body = _file(args.details) if args.details else {}
    for key in ("enabled", "context_tokens", "output_tokens"):
        if getattr(args, key) is not None:
            body[key] = getattr(args, key)
    if args.alias is not None:
        body["alias"] = args.alias or None
    if args.price is not None:
        body["prices"] = {**(body.get("prices") or {}), **args.price}
    return body


def _file(name: str) -> dict[str, Any]:
    try:
        found = orjson.loads(read_file(name))
    except ValueError as error:
        sentence = tr("{name} holds no JSON: {error}.", name=name, error=error)
        raise CommandFailed(sentence, EXIT_MISUSED) from None
    if not isinstance(found, dict):
        raise CommandFailed(tr("{name} holds no object.", name=name), EXIT_MISUSED)
    return found


async def _list(admin: Admin, args: argparse.Namespace, _: dict[str, Any]) -> int:
    found = (await admin.get("models"))["items"]
    if args.json:
        say_json(found)
        return EXIT_DONE
    titles = ("MODEL", "ALIAS", "STATE", "CONTEXT", "$ IN/OUT PER M", "KNOWN TO DO")
    say(table([tr(title) for title in titles], [_row(model) for model in found]))
    return EXIT_DONE


async def _add(admin: Admin, args: argparse.Namespace, body: dict[str, Any]) -> int:
    provider, _, name = args.name.partition("/")
    model = await admin.post("models", {**body, "provider": provider, "name": name})
    return _told(args, model, tr("Added {target}.", target=model["target"]))


async def _edit(admin: Admin, args: argparse.Namespace, body: dict[str, Any]) -> int:
    if args.rename:
        body["name"] = args.rename
    if not body:
        raise CommandFailed(tr("There is nothing to change."), EXIT_MISUSED)
    path = f"models/{segment(args.name)}"
    known, revision = await admin.read(path)
    if args.price is not None:
        body["prices"] = {**(known["prices"] or {}), **body["prices"]}
    model = await admin.patch(path, body, revision)
    return _told(args, model, tr("Changed {target}.", target=model["target"]))


async def _remove(admin: Admin, args: argparse.Namespace, _: dict[str, Any]) -> int:
    model = await admin.delete(f"models/{segment(args.name)}")
    return _told(args, model, tr("Removed {target}.", target=model["target"]))


def _told(args: argparse.Namespace, model: dict[str, Any], words: str) -> int:
    if args.json:
        say_json(model)
    else:
        say(words)
    return EXIT_DONE


def _row(model: dict[str, Any]) -> tuple[str, ...]:
    prices = model["prices"] or {}
    given, written = prices.get("input_usd"), prices.get("output_usd")
    context = model["context_tokens"]
    return (
        model["target"],
        model["alias"] or "-",
        tr("on") if model["enabled"] else tr("off"),
        _marked(model, "context_tokens", f"{context:,}" if context else "-"),
        f"{given or '-'}/{written or '-'}" if given or written else "-",
        abilities(model) or "-",
    )


def abilities(model: dict[str, Any]) -> str:
    """Return what a model is known to do; a question mark stands behind a guess."""
    kinds = [kind for kind in model["modalities"] or () if kind != "text"]
    found = [_marked(model, "modalities", tr(kind)) for kind in kinds]
    found += [_marked(model, flag, tr(word)) for flag, word in _FLAGS.items() if model[flag]]
    return ", ".join(found)


def _marked(model: dict[str, Any], field: str, text: str) -> str:
    return f"{text}?" if field in model["guessed"] else text
