"""`butler category`: what calls may be about, by example, and who answers those."""

import argparse
from typing import Any

from butler.commands.admin import segment
from butler.commands.console import read_object, say_json, sentence
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.problems import Problem


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    actions = parser.actions("category")
    actions.add("list", _list)
    show = actions.add("show", _show)
    add = actions.add("add", _add, prepare=_read)
    edit = actions.add("edit", _edit, prepare=_changes)
    remove = actions.add("remove", _remove)
    actions.add("restore", _restore)
    for command in (show, add, edit, remove):
        command.add_argument("name", metavar="NAME")
    edit.add_argument("--rename", metavar="NAME", help=parser.texts("option.rename"))
    for command in (add, edit):
        _options(command)


def _options(command: Parser) -> None:
    texts = command.texts
    help_ = texts("option.category_description")
    command.add_argument("--description", metavar="TEXT", help=help_)
    command.add_repeated("--utterance", "TEXT", "option.utterance")
    command.add_repeated("--target", "PROVIDER/MODEL", "option.category_target")
    command.add_argument("--file", metavar="FILE", help=texts("option.category_file"))
    command.add_switch()


def _read(args: argparse.Namespace) -> dict[str, Any]:
    """Return what the options say of the category; they beat the file."""
    body = read_object(args.file) if args.file else {}
    said = {
        "description": args.description,
        "enabled": args.enabled,
        "utterances": args.utterance or None,
        # An empty one takes them all away.
        "targets": [target for target in args.target if target] if args.target else None,
    }
    return body | {key: value for key, value in said.items() if value is not None}


def _changes(args: argparse.Namespace) -> dict[str, Any]:
    body = _read(args) | ({"name": args.rename} if args.rename else {})
    if not body:
        raise CommandFailed("failed.nothing_to_change", EXIT_MISUSED)
    return body


async def _list(job: Job) -> int:
    return _table(job, (await job.admin.get("categories"))["items"])


async def _show(job: Job) -> int:
    say_json(await job.admin.get(f"categories/{segment(job.args.name)}"))
    return EXIT_DONE


async def _add(job: Job) -> int:
    found = await job.admin.post("categories", job.given | {"name": job.args.name})
    return job.told(found, "category.added", name=found["name"])


async def _edit(job: Job) -> int:
    found = await job.admin.patch(f"categories/{segment(job.args.name)}", job.given)
    return job.told(found, "done.changed", name=found["name"])


async def _remove(job: Job) -> int:
    found = await job.admin.delete(f"categories/{segment(job.args.name)}")
    return job.told(found, "done.removed", name=found["name"])


async def _restore(job: Job) -> int:
    return _table(job, (await job.admin.post("categories:restore"))["items"])


def _table(job: Job, found: list[dict[str, Any]]) -> int:
    columns = ("name", "targets", "utterances", "state", "id")
    return job.listed(found, columns, [_row(job, one) for one in found])


def _row(job: Job, one: dict[str, Any]) -> tuple[str, ...]:
    state = job.texts("word.on" if one["enabled"] else "word.off")
    if one["problems"]:
        first = Problem.model_validate(one["problems"][0])
        state += job.texts("rule.broken", problem=sentence(first, job.texts))
    targets = " → ".join(one["targets"]) or job.texts("word.none")
    return (one["name"], targets, str(len(one["utterances"])), state, one["id"])
