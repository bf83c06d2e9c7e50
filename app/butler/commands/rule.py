"""`butler rule`: which model answers what."""

import argparse
from typing import Any

from butler.commands.admin import segment
from butler.commands.console import complain_of, read_json, read_object, say_json, sentence
from butler.commands.exit_codes import EXIT_DONE, EXIT_REFUSED
from butler.commands.job import Job
from butler.commands.parsing import Actions, Parser
from butler.commands.rule_writing import add_writing
from butler.contract.problems import Problem, Problems

_FOR_READERS = frozenset({"built_in", "problems", "findings"})
"""What `list --json` adds to what the API takes."""


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    texts = parser.texts
    actions = parser.actions("rule")
    actions.add("list", _list)
    add = actions.add("add", _add, prepare=_read, json=False)
    add.add_argument(
        "--json", dest="file", metavar="FILE", required=True, help=texts("option.rule_file")
    )
    edit = actions.add("edit", _edit, prepare=_read, json=False)
    edit.add_argument("name", metavar="NAME")
    edit.add_argument("--json", dest="file", metavar="FILE", help=texts("option.rule_changes"))
    edit.add_argument("--priority", type=int, metavar="NUMBER", help=texts("option.priority"))
    edit.add_switch()
    edit.set_defaults(json=False)
    copy = actions.add("copy", _copy)
    copy.add_argument("name", metavar="NAME")
    check = actions.add("check", _check, prepare=_read_any)
    check.add_argument("file", metavar="FILE", help=texts("option.rules_file"))
    check.add_argument("--of", metavar="NAME", help=texts("option.check_of"))
    replace = actions.add("replace", _replace, prepare=_read_any)
    replace.add_argument("file", metavar="FILE", help=texts("option.rules_file"))
    _many(actions)
    add_writing(actions)


def _many(actions: Actions) -> None:
    """Declare what is done with many rules at once."""
    commands = {
        "remove": actions.add("remove", _remove),
        "enable": actions.add("enable", _bulk),
        "disable": actions.add("disable", _bulk),
        "reorder": actions.add("reorder", _reorder),
        "move": actions.add("move", _bulk),
    }
    for command in commands.values():
        command.add_argument("names", nargs="+", metavar="NAME")
    commands["move"].add_argument(
        "--before", metavar="NAME", help=actions.texts("option.move_before")
    )


def _read(args: argparse.Namespace) -> dict[str, Any]:
    return read_object(args.file) if args.file else {}


def _read_any(args: argparse.Namespace) -> Any:
    return read_json(args.file)


async def _list(job: Job) -> int:
    return _show(job, (await job.admin.get("rules"))["items"])


async def _add(job: Job) -> int:
    say_json(await job.admin.post("rules", job.given))
    return EXIT_DONE


async def _edit(job: Job) -> int:
    changes = {"priority": job.args.priority, "enabled": job.args.enabled}
    body = job.given | {key: value for key, value in changes.items() if value is not None}
    rule = await job.admin.patch(f"rules/{segment(job.args.name)}", body)
    if not job.args.file:
        return job.told(rule, "done.changed", name=rule["name"])
    say_json(rule)
    return EXIT_DONE


async def _copy(job: Job) -> int:
    rule = await job.admin.post(f"rules/{segment(job.args.name)}:duplicate")
    return job.told(rule, "rule.copied", name=rule["name"])


async def _remove(job: Job) -> int:
    names = job.args.names
    if len(names) > 1:
        left = await job.admin.post("rules:bulk", {"action": "delete", "ids": names})
        return _show(job, left["items"])
    rule = await job.admin.delete(f"rules/{segment(names[0])}")
    return job.told(rule, "done.removed", name=rule["name"])


async def _bulk(job: Job) -> int:
    before = getattr(job.args, "before", None)
    body = {"action": job.args.action, "ids": job.args.names, "before": before}
    return _show(job, (await job.admin.post("rules:bulk", body))["items"])


async def _reorder(job: Job) -> int:
    return _show(job, (await job.admin.post("rules:reorder", {"ids": job.args.names}))["items"])


async def _check(job: Job) -> int:
    """Write the problems; the exit status is 1 where there are some."""
    path = f"rules/{segment(job.args.of)}:check" if job.args.of else "rules:check"
    body = job.given
    if isinstance(body, list):
        path, body = "rules:check-set", {"rules": _writable(body)}
    found = await job.admin.post(path, body)
    problems = Problems.model_validate(found).problems
    if job.args.json:
        say_json(found)
    elif problems:
        complain_of(problems, job.texts)
    else:
        job.told(found, "rule.sound")
    return EXIT_REFUSED if problems else EXIT_DONE


async def _replace(job: Job) -> int:
    rules = job.given.get("rules") if isinstance(job.given, dict) else job.given
    return _show(job, (await job.admin.put("rules", {"rules": _writable(rules)}))["items"])


def _writable(rules: Any) -> Any:
    """Return rules as the API takes them; what is none is for the API to refuse."""
    if not isinstance(rules, list):
        return rules
    return [
        {key: value for key, value in rule.items() if key not in _FOR_READERS}
        if isinstance(rule, dict)
        else rule
        for rule in rules
    ]


def _show(job: Job, found: list[dict[str, Any]]) -> int:
    columns = ("priority", "name", "targets", "state", "id")
    return job.listed(found, columns, [_row(job, rule) for rule in found])


def _row(job: Job, rule: dict[str, Any]) -> tuple[str, ...]:
    state = job.texts("word.on" if rule["enabled"] else "word.off")
    if rule["problems"]:
        first = Problem.model_validate(rule["problems"][0])
        state += job.texts("rule.broken", problem=sentence(first, job.texts))
    for found in map(Problem.model_validate, rule["findings"]):
        state += job.texts("rule.finding", finding=sentence(found, job.texts))
    if rule["built_in"]:
        state += job.texts("rule.built_in")
    targets = " → ".join([rule["target"], *rule["fallbacks"]])
    return (str(rule["priority"]), rule["name"], targets, state, rule["id"])
