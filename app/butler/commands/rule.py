"""`butler rule`: which model answers what."""

import argparse
from typing import Any

import orjson

from butler.commands.admin import Admin, segment, with_engine
from butler.commands.console import complain_of, read_file, say, say_json, table
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, EXIT_REFUSED, CommandFailed
from butler.commands.parsing import with_json
from butler.commands.texts import tr
from butler.contract.problems import Problems

_BULK = ("enable", "disable", "move")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    actions = parser.add_subparsers(dest="action", metavar=tr("ACTION"), required=True)
    listing = actions.add_parser("list", help=tr("list the rules in the order they are tried"))
    add = actions.add_parser("add", help=tr("add a rule, written in JSON as the API takes it"))
    add.add_argument(
        "--json", dest="file", metavar="FILE", required=True, help=tr("- reads the input")
    )
    edit = actions.add_parser("edit", help=tr("change a rule"))
    edit.add_argument("name")
    edit.add_argument(
        "--json", dest="file", metavar="FILE", help=tr("fields to change; - for input")
    )
    edit.add_argument("--priority", type=int, metavar="NUMBER")
    edit.add_argument("--enable", dest="enabled", action="store_true", default=None)
    edit.add_argument("--disable", dest="enabled", action="store_false")
    remove = actions.add_parser("remove", help=tr("remove rules"))
    remove.add_argument("name", nargs="+")
    copy = actions.add_parser("copy", help=tr("put a copy behind a rule, switched off"))
    copy.add_argument("name")
    order = actions.add_parser("reorder", help=tr("try these rules in this order"))
    order.add_argument("names", nargs="+", metavar="NAME")
    many = [
        actions.add_parser("enable", help=tr("switch rules on")),
        actions.add_parser("disable", help=tr("switch rules off")),
        actions.add_parser("move", help=tr("put rules before another one, or to the end")),
    ]
    for command in many:
        command.add_argument("names", nargs="+", metavar="NAME")
    many[2].add_argument("--before", metavar="NAME")
    check = actions.add_parser("check", help=tr("say what would be wrong; nothing is stored"))
    check.add_argument(
        "file", metavar="FILE", help=tr("a rule or a list of them; - reads the input")
    )
    check.add_argument("--of", metavar="NAME", help=tr("the file changes this rule"))
    replace = actions.add_parser("replace", help=tr("exchange all rules for a list of them"))
    replace.add_argument("file", metavar="FILE", help=tr("- reads the input"))
    with_json(listing, remove, copy, order, *many, check, replace)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    body = _read(args.file) if getattr(args, "file", None) else {}
    if args.action in ("add", "edit") and not isinstance(body, dict):
        raise CommandFailed(_no_rule(args.file, tr("a rule is a JSON object")), EXIT_MISUSED)
    work = {
        "list": _list,
        "add": _add,
        "edit": _edit,
        "remove": _remove,
        "copy": _copy,
        "reorder": _reorder,
        "check": _check,
        "replace": _replace,
        **dict.fromkeys(_BULK, _bulk),
    }[args.action]
    return with_engine(lambda admin: work(admin, args, body))


def _read(file: str) -> Any:
    try:
        return orjson.loads(read_file(file))
    except ValueError as error:
        raise CommandFailed(_no_rule(file, str(error)), EXIT_MISUSED) from None


def _no_rule(file: str, error: str) -> str:
    source = tr("The input") if file == "-" else file
    return tr("{source} holds no rule: {error}.", source=source, error=error)


async def _list(admin: Admin, args: argparse.Namespace, _: Any) -> int:
    return _show(args, (await admin.get("rules"))["items"])


def _show(args: argparse.Namespace, found: list[dict[str, Any]]) -> int:
    if args.json:
        say_json(found)
    else:
        titles = ("PRIORITY", "NAME", "TARGETS", "STATE", "ID")
        say(table([tr(title) for title in titles], [_row(rule) for rule in found]))
    return EXIT_DONE


async def _add(admin: Admin, args: argparse.Namespace, body: Any) -> int:
    say_json(await admin.post("rules", body))
    return EXIT_DONE


async def _edit(admin: Admin, args: argparse.Namespace, body: Any) -> int:
    changes = {"priority": args.priority, "enabled": args.enabled}
    body = body | {key: value for key, value in changes.items() if value is not None}
    rule = await admin.patch(f"rules/{segment(args.name)}", body)
    if args.file:
        say_json(rule)
    else:
        say(tr("Changed {name}.", name=rule["name"]))
    return EXIT_DONE


async def _remove(admin: Admin, args: argparse.Namespace, _: Any) -> int:
    if len(args.name) > 1:
        left = await admin.post("rules:bulk", {"action": "delete", "ids": args.name})
        return _show(args, left["items"])
    rule = await admin.delete(f"rules/{segment(args.name[0])}")
    return _told(args, rule, tr("Removed {name}.", name=rule["name"]))


async def _copy(admin: Admin, args: argparse.Namespace, _: Any) -> int:
    rule = await admin.post(f"rules/{segment(args.name)}:duplicate")
    return _told(args, rule, tr("Added {name}, switched off.", name=rule["name"]))


def _told(args: argparse.Namespace, rule: dict[str, Any], words: str) -> int:
    if args.json:
        say_json(rule)
    else:
        say(words)
    return EXIT_DONE


async def _reorder(admin: Admin, args: argparse.Namespace, _: Any) -> int:
    return _show(args, (await admin.post("rules:reorder", {"ids": args.names}))["items"])


async def _bulk(admin: Admin, args: argparse.Namespace, _: Any) -> int:
    body = {"action": args.action, "ids": args.names, "before": getattr(args, "before", None)}
    return _show(args, (await admin.post("rules:bulk", body))["items"])


async def _check(admin: Admin, args: argparse.Namespace, body: Any) -> int:
    """Write the problems; the exit status is 1 where there are some."""
    if args.of:
        path = f"rules/{segment(args.of)}:check"
    else:
        path = "rules:check-set" if isinstance(body, list) else "rules:check"
    found = await admin.post(path, {"rules": body} if isinstance(body, list) else body)
    problems = Problems.model_validate(found).problems
    if args.json:
        say_json(found)
    elif problems:
        complain_of(problems)
    else:
        say(tr("Nothing is wrong with it."))
    return EXIT_REFUSED if problems else EXIT_DONE


async def _replace(admin: Admin, args: argparse.Namespace, body: Any) -> int:
    rules = body.get("rules") if isinstance(body, dict) else body
    return _show(args, (await admin.put("rules", {"rules": _writable(rules)}))["items"])


def _writable(rules: Any) -> Any:
    """Return rules as the API takes them: what `list --json` adds for its readers is left out."""
    if not isinstance(rules, list):
        return rules
    read_only = ("built_in", "problems")
    return [
        {key: value for key, value in rule.items() if key not in read_only}
        if isinstance(rule, dict)
        else rule
        for rule in rules
    ]


def _row(rule: dict[str, Any]) -> tuple[str, ...]:
    state = tr("on") if rule["enabled"] else tr("off")
    if rule["problems"]:
        state += tr(", broken: {problem}", problem=rule["problems"][0]["detail"])
    if rule["built_in"]:
        state += tr(", built in")
    targets = " → ".join([rule["target"], *rule["fallbacks"]])
    return (str(rule["priority"]), rule["name"], targets, state, rule["id"])
