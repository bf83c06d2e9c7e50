"""`butler model`: what the providers offer, and what is known of it."""

import argparse
from typing import Any, get_args

from butler.commands.admin import segment
from butler.commands.console import read_object
from butler.commands.exit_codes import EXIT_MISUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.resources import Product
from butler.contract.texts import Texts

_ABILITIES = ("tools", "json_mode", "thinking")
_USUAL_PRODUCT = "chat"
_PRODUCTS = get_args(Product)


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    texts = parser.texts
    actions = parser.actions("model")
    actions.add("list", _list)
    add = actions.add("add", _add, prepare=_details)
    add.add_argument("name", metavar="PROVIDER/MODEL")
    edit = actions.add("edit", _edit, prepare=_changes)
    remove = actions.add("remove", _remove)
    for command in (edit, remove):
        command.add_argument("name", metavar="MODEL", help=texts("option.model_name"))
    edit.add_argument("--rename", metavar="ID", help=texts("option.rename_model"))
    for command in (add, edit):
        _options(command)


def _options(command: Parser) -> None:
    texts = command.texts
    command.add_argument("--alias", metavar="NAME", help=texts("option.model_alias"))
    command.add_switch()
    command.add_argument(
        "--context",
        dest="context_tokens",
        type=int,
        metavar="TOKENS",
        help=texts("option.context"),
    )
    command.add_argument(
        "--output", dest="output_tokens", type=int, metavar="TOKENS", help=texts("option.output")
    )
    command.add_argument(
        "--makes", metavar="WHAT", help=texts("option.makes", products=", ".join(_PRODUCTS))
    )
    command.add_argument("--price", metavar="IN:OUT", help=texts("option.price"))
    command.add_argument("--details", metavar="FILE", help=texts("option.details"))


def _details(args: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say of the model; they beat the file."""
    body = read_object(args.details) if args.details else {}
    for key in ("enabled", "context_tokens", "output_tokens"):
        if getattr(args, key) is not None:
            body[key] = getattr(args, key)
    if args.alias is not None:
        body["alias"] = args.alias or None
    if args.makes is not None:
        body["makes"] = [word.strip() for word in args.makes.split(",") if word.strip()] or None
    if args.price is not None:
        body["prices"] = {**(body.get("prices") or {}), **_prices(args.price)}
    return body


def _prices(text: str) -> dict[str, str]:
    given, _, written = text.partition(":")
    if not given or not written:
        raise CommandFailed("model.no_price", EXIT_MISUSED, text=text)
    return {"input_usd": given, "output_usd": written}


def _changes(args: argparse.Namespace) -> dict[str, Any]:
    body = _details(args)
    if args.rename:
        body["name"] = args.rename
    if not body:
        raise CommandFailed("failed.nothing_to_change", EXIT_MISUSED)
    return body


async def _list(job: Job) -> int:
    found = (await job.admin.get("models"))["items"]
    columns = ("model", "alias", "state", "context", "price", "known_to_do")
    return job.listed(found, columns, [_row(job, model) for model in found])


async def _add(job: Job) -> int:
    provider, _, name = job.args.name.partition("/")
    model = await job.admin.post("models", {**job.given, "provider": provider, "name": name})
    return job.told(model, "done.added", name=model["target"])


async def _edit(job: Job) -> int:
    path = f"models/{segment(job.args.name)}"
    known, revision = await job.admin.read(path)
    body = job.given
    if job.args.price is not None:
        body["prices"] = {**(known["prices"] or {}), **body["prices"]}
    model = await job.admin.patch(path, body, revision)
    return job.told(model, "done.changed", name=model["target"])


async def _remove(job: Job) -> int:
    model = await job.admin.delete(f"models/{segment(job.args.name)}")
    return job.told(model, "done.removed", name=model["target"])


def _row(job: Job, model: dict[str, Any]) -> tuple[str, ...]:
    prices = model["prices"] or {}
    given, written = prices.get("input_usd"), prices.get("output_usd")
    context = model["context_tokens"]
    return (
        model["target"],
        model["alias"] or "-",
        job.texts("word.on" if model["enabled"] else "word.off"),
        _marked(model, "context_tokens", f"{context:,}" if context else "-"),
        f"{given or '-'}/{written or '-'}" if given or written else "-",
        known_to_do(job.texts, model) or "-",
    )


def known_to_do(texts: Texts, model: dict[str, Any]) -> str:
    """Return what a model is known to do; a question mark stands behind a guess."""
    kinds = [kind for kind in model["modalities"] or () if kind != "text"]
    found = [_marked(model, "modalities", texts.named("ability", kind)) for kind in kinds]
    found += [
        _marked(model, flag, texts.named("ability", flag)) for flag in _ABILITIES if model[flag]
    ]
    found += [
        _marked(model, "makes", texts.named("product", made))
        for made in model["makes"] or ()
        if made != _USUAL_PRODUCT
    ]
    return ", ".join(found)


def _marked(model: dict[str, Any], field: str, text: str) -> str:
    return f"{text}?" if field in model["guessed"] else text
