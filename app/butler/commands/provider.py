"""`butler provider`: where models live."""

import argparse
import os
from typing import Any

from butler.commands import provider_probe
from butler.commands.admin import segment
from butler.commands.console import readable, say
from butler.commands.exit_codes import EXIT_MISUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.models import TOLD_OF_MODELS
from butler.contract.texts import Texts

_USUAL_KIND = "openai_compatible"
_OPTIONS = (
    *("proxy", "ca_file", "max_concurrent", "local", "ask_usage", "completions"),
    *("num_ctx", "keep_alive"),
)
"""Options of the provider that are options of the command line, too."""


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    actions = parser.actions("provider")
    actions.add("list", _list)
    add = actions.add("add", _add, prepare=_written)
    edit = actions.add("edit", _edit, prepare=_written)
    remove = actions.add("remove", _remove)
    for command in (add, edit, remove):
        command.add_argument("name", metavar="NAME")
    add.add_argument("--kind", metavar="KIND", help=parser.texts("option.kind"))
    add.add_argument("--preset", metavar="ID", help=parser.texts("option.preset"))
    add.add_repeated("--model", "ID", "option.model")
    edit.add_argument("--rename", metavar="NAME", help=parser.texts("option.rename"))
    edit.add_repeated("--model", "ID", "option.models")
    edit.add_repeated("--add-model", "ID", "option.add_model")
    edit.add_repeated("--remove-model", "ID", "option.remove_model")
    edit.add_switch()
    for command in (add, edit):
        _connection(command)
    provider_probe.add_actions(actions)


def _connection(command: Parser) -> None:
    texts = command.texts
    command.add_repeated("--alias", "MODEL=ALIAS", "option.alias")
    command.add_argument("--base-url", metavar="URL", help=texts("option.base_url"))
    command.add_argument("--key-env", metavar="VAR", help=texts("option.key_env"))
    on_or_off = argparse.BooleanOptionalAction
    command.add_argument("--local", action=on_or_off, help=texts("option.local"))
    command.add_argument("--ask-usage", action=on_or_off, help=texts("option.ask_usage"))
    command.add_argument("--completions", action=on_or_off, help=texts("option.completions"))
    command.add_argument("--proxy", metavar="URL", help=texts("option.proxy"))
    command.add_argument("--ca-file", metavar="FILE", help=texts("option.ca_file"))
    command.add_argument(
        "--max-concurrent", type=int, metavar="NUMBER", help=texts("option.max_concurrent")
    )
    command.add_argument("--num-ctx", type=int, metavar="TOKENS", help=texts("option.num_ctx"))
    command.add_argument("--keep-alive", metavar="TIME", help=texts("option.keep_alive"))


def _written(args: argparse.Namespace) -> dict[str, Any]:
    """Return what the command line says of a provider, but for its models and options."""
    # What is no alias is told before an engine is looked for.
    _aliases(args)
    said = {
        "name": args.name if args.action == "add" else args.rename,
        "base_url": args.base_url,
        "enabled": getattr(args, "enabled", None),
        "api_key": _key(args.key_env) if args.key_env else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _aliases(args: argparse.Namespace) -> dict[str, str]:
    """Return the aliases that are given, by model; raises CommandFailed for what is none."""
    found = {}
    for text in args.alias:
        model, _, alias = text.rpartition("=")
        if not model:
            raise CommandFailed("provider.no_alias", EXIT_MISUSED, text=text)
        found[model] = alias
    return found


def _key(variable: str) -> str:
    try:
        key = readable(os.environ.get(variable, ""))
    except ValueError:
        raise CommandFailed("provider.key_no_text", EXIT_MISUSED, variable=variable) from None
    if not key:
        raise CommandFailed("provider.key_not_set", EXIT_MISUSED, variable=variable)
    return key


async def _list(job: Job) -> int:
    found = (await job.admin.get("providers"))["items"]
    rows = [_row(job, provider) for provider in found]
    return job.listed(found, ("name", "kind", "base_url", "has_key", "models"), rows)


async def _add(job: Job) -> int:
    before = await _default(job)
    args = job.args
    body = {**job.given, "options": _options(args, {})}
    if args.preset:
        body["preset"] = args.preset
    if args.kind or not args.preset:
        body["kind"] = args.kind or _USUAL_KIND
    # A preset brings models of its own, where none are named.
    if args.model or args.alias or not args.preset:
        body["models"] = _models(args, [])
    return await _told(job, await job.admin.post("providers", body), "provider.added", before)


async def _edit(job: Job) -> int:
    args, path = job.args, f"providers/{segment(job.args.name)}"
    before = await _default(job)
    known, revision = await job.admin.read(path)
    body = job.given
    if args.model or args.add_model or args.remove_model or args.alias:
        body["models"] = _models(args, known["models"])
    options = _options(args, known["options"])
    if options != known["options"]:
        body["options"] = options
    changed = await job.admin.patch(path, body, revision)
    return await _told(job, changed, "provider.changed", before)


async def _remove(job: Job) -> int:
    before = await _default(job)
    removed = await job.admin.delete(f"providers/{segment(job.args.name)}")
    return await _told(job, removed, "provider.removed", before)


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
    aliases = _aliases(args)
    for option, names in (("--remove-model", gone), ("--alias", aliases)):
        for name in names:
            if name not in wanted:
                raise CommandFailed("provider.no_model", EXIT_MISUSED, option=option, name=name)
    return [_model(known.get(name, {}), name, aliases) for name in wanted if name not in gone]


def _model(known: dict[str, Any], name: str, aliases: dict[str, str]) -> dict[str, Any]:
    """Return a model to write: all that is known of it, under the alias that it is to have."""
    kept = {key: value for key, value in known.items() if key not in TOLD_OF_MODELS}
    alias = aliases.get(name, known.get("alias"))
    return {**kept, "name": name, "alias": alias or None}


async def _default(job: Job) -> str | None:
    """Return the default target."""
    target: str | None = (await job.admin.get("status"))["default_target"]
    return target


async def _told(job: Job, provider: dict[str, Any], done: str, default_before: str | None) -> int:
    """Report a change; where it moved the default target, say so."""
    models = ", ".join(_shown(job.texts, model, "target") for model in provider["models"])
    models = models or job.texts("provider.no_models")
    status = job.told(provider, done, name=provider["name"], models=models)
    default = await _default(job)
    if default != default_before and not job.args.json:
        key = "provider.default" if default else "provider.no_default"
        say(job.texts(key, target=default))
    return status


def _shown(texts: Texts, model: dict[str, Any], field: str) -> str:
    if not model["alias"]:
        return str(model[field])
    return texts("provider.model_alias", name=model[field], alias=model["alias"])


def _row(job: Job, provider: dict[str, Any]) -> tuple[str, ...]:
    texts = job.texts
    enabled = [model for model in provider["models"] if model["enabled"]]
    models = ", ".join(_shown(texts, model, "name") for model in enabled)
    name = provider["name"] + ("" if provider["enabled"] else texts("provider.off"))
    key = texts("word.yes" if provider["has_key"] else "word.none")
    return (name, provider["kind"], provider["base_url"], key, models)
