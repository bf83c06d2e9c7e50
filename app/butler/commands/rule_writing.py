"""`butler rule generate`, `export`, `import`, `effect`: rules from words, as files, on trial."""

import argparse
from typing import Any

from butler.commands import replay, wizard
from butler.commands.console import (
    complain_of,
    money,
    read_file,
    read_object,
    say,
    say_json,
    write_file,
)
from butler.commands.draft import show_draft, to_apply
from butler.commands.exit_codes import EXIT_DONE, EXIT_MISUSED, EXIT_REFUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Actions
from butler.contract.problems import Problem
from butler.contract.rule_files import RuleFileError, document_of, rules_from, rules_text

_YAML = (".yaml", ".yml")


def add_writing(actions: Actions) -> None:
    """Declare the actions."""
    texts = actions.texts
    generate = actions.add("generate", _generate)
    generate.add_argument("text", metavar="TEXT", help=texts("option.describe"))
    generate.add_argument(
        "--by",
        choices=("auto", "model", "phrases"),
        default="auto",
        help=texts("option.written_by"),
    )
    generate.add_argument("--apply", action="store_true", help=texts("option.apply"))
    effect = actions.add("effect", _effect, prepare=_read_rule)
    effect.add_argument("file", metavar="FILE", help=texts("option.rule_file"))
    effect.add_argument(
        "--calls", type=int, default=500, metavar="NUMBER", help=texts("option.calls")
    )
    export = actions.add("export", _export)
    export.add_argument("file", metavar="FILE", help=texts("option.export_rules"))
    import_ = actions.add("import", _import, prepare=_read_rules)
    import_.add_argument("file", metavar="FILE", help=texts("option.rules_file"))
    import_.add_argument("--replace", action="store_true", help=texts("option.replace_rules"))
    wizard.arguments(actions.add("wizard", _generate, json=False))
    replay.arguments(actions.add("replay", _generate, json=False))


def _read_rule(args: argparse.Namespace) -> dict[str, Any]:
    return read_object(args.file)


def _read_rules(args: argparse.Namespace) -> list[dict[str, Any]]:
    try:
        return rules_from(read_file(args.file))
    except RuleFileError as error:
        raise CommandFailed("rule.unreadable", EXIT_MISUSED, name=args.file, why=error) from None


async def _generate(job: Job) -> int:
    """Show what is proposed; store it where that is asked for."""
    body = {"text": job.args.text, "by": job.args.by, "language": job.texts.language}
    draft = await job.admin.post("rules:generate", body)
    complain_of(map(Problem.model_validate, draft["notes"]), job.texts)
    has_any = bool(draft["rules"] or draft["default_target"])
    applied = has_any and job.args.apply
    if applied:
        await job.admin.post("rules:apply", to_apply(draft, keep=True))
    if job.args.json:
        say_json({**draft, "applied": applied})
    elif has_any:
        show_draft(draft, job.texts)
        key = "draft.applied" if applied else "draft.not_applied"
        say(job.texts(key, number=len(draft["rules"])))
    return EXIT_DONE if has_any else EXIT_REFUSED


async def _effect(job: Job) -> int:
    rule = dict(job.given)
    body = {"rule": rule, "id": rule.pop("id", None), "calls": job.args.calls}
    found = await job.admin.post("rules:effect", body)
    if job.args.json:
        say_json(found)
        return EXIT_DONE
    texts = job.texts
    counts = {name: f"{found[name]:,}" for name in ("calls", "matched", "decided", "unknown")}
    say(texts("effect.told", **counts))
    for taken in found["taken"]:
        by = taken["rule"] or taken["layer"]
        say(texts("effect.taken", calls=f"{taken['calls']:,}", by=by))
    for need in found["needs"]:
        say(texts(f"trial.needs.{need}"))
    usd = found["cost"]["usd"]
    sign = "-" if usd.startswith("-") else "+"
    say(texts("trial.cost", usd=sign + money(usd.lstrip("-"))))
    return EXIT_DONE


async def _export(job: Job) -> int:
    document = document_of((await job.admin.get("rules"))["items"])
    name = job.args.file
    text = rules_text(document, as_yaml=name.endswith(_YAML))
    write_file(name, text.encode())
    return (
        EXIT_DONE
        if name == "-"
        else job.told({"rules": len(document["rules"])}, "rule.exported", name=name)
    )


async def _import(job: Job) -> int:
    rules = job.given
    if job.args.replace:
        found = await job.admin.put("rules", {"rules": rules})
    else:
        bare = [{key: value for key, value in rule.items() if key != "id"} for rule in rules]
        found = await job.admin.post("rules:apply", {"rules": bare})
    return job.told(found, "rule.imported", number=len(rules))
