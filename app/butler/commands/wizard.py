"""`butler wizard`: a few questions, and the rules that follow from the answers, with their why."""

import argparse
import asyncio
import sys
from collections.abc import Mapping
from typing import Any

from butler.commands.admin import with_engine
from butler.commands.console import complain_of, read_object, say, say_json
from butler.commands.draft import show_draft, to_apply
from butler.commands.exit_codes import EXIT_DONE, EXIT_REFUSED
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.commands.questions import ask_all, confirmed
from butler.contract.problems import Problem
from butler.contract.texts import Texts
from butler.contract.wizard import Aim, Spending, UseCase


def arguments(parser: Parser) -> None:
    """Declare the options."""
    texts = parser.texts
    parser.set_defaults(run=run)
    parser.add_argument("--answers", metavar="FILE.json", help=texts("option.answers"))
    _choice(parser, "--use-case", UseCase, "option.use_case")
    parser.add_repeated("--model", "TARGET", "option.may_use")
    parser.add_argument("--spending", choices=[*Spending], help=texts("option.spending"))
    _choice(parser, "--aim", Aim, "option.aim")
    parser.add_argument("--no-private", action="store_true", help=texts("option.no_private"))
    parser.add_argument("--apply", action="store_true", help=texts("option.apply"))
    parser.add_argument("--replace", action="store_true", help=texts("option.replace_rules"))
    parser.add_json()


def _choice(parser: Parser, option: str, values: type[UseCase] | type[Aim], key: str) -> None:
    help_ = f"{parser.texts(key)}: {', '.join(values)}"
    parser.add_argument(
        option, action="append", default=[], choices=[*values], metavar="NAME", help=help_
    )


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Ask, or take what the command line answers; build; show; apply where that is wanted."""
    given = read_object(args.answers) if args.answers else {}
    return with_engine(lambda admin: _run(Job(admin, args, texts, given)), texts)


async def _run(job: Job) -> int:
    asked = not _answered(job) and sys.stdin.isatty()
    draft = await job.admin.post("wizard:build", await _answers(job, ask=asked))
    complain_of(map(Problem.model_validate, draft["notes"]), job.texts)
    if not draft["rules"]:
        if job.args.json:
            say_json({**draft, "applied": False})
        return EXIT_REFUSED
    if not job.args.json:
        show_draft(draft, job.texts)
    applied = await _wanted(job, draft, asked=asked)
    if applied:
        await job.admin.post("rules:apply", to_apply(draft, keep=not job.args.replace))
    if job.args.json:
        say_json({**draft, "applied": applied})
    elif applied or job.args.apply or asked:
        key = "draft.applied" if applied else "draft.not_applied"
        say(job.texts(key, number=len(draft["rules"])))
    return EXIT_DONE


def _answered(job: Job) -> bool:
    """Say whether the command line holds any answer."""
    args = job.args
    return bool(job.given or args.use_case or args.model or args.spending or args.aim)


async def _answers(job: Job, *, ask: bool) -> Mapping[str, Any]:
    """Return the answers: of a terminal, or of the file and the options; else the defaults."""
    language = {"language": job.texts.language}
    form = await job.admin.get("wizard", language)
    defaults = {
        question["field"]: _value(question, question["default"])
        for step in form["steps"]
        for question in step["questions"]
    }
    if ask:
        told = await asyncio.to_thread(ask_all, form, job.texts)
        return {**defaults, **told, **language}
    args = job.args
    options = {
        "use_cases": args.use_case,
        "models": args.model,
        "spending": args.spending,
        "aims": args.aim,
    }
    chosen = {field: value for field, value in options.items() if value}
    private = {"private": False} if args.no_private else {}
    return {**defaults, **language, **job.given, **chosen, **private}


def _value(question: Mapping[str, Any], chosen: list[str]) -> Any:
    """Return an answer as the API takes it."""
    if question["type"] != "one":
        return chosen
    return {"true": True, "false": False}.get(chosen[0], chosen[0])


async def _wanted(job: Job, draft: Mapping[str, Any], *, asked: bool) -> bool:
    """Say whether the rules are to be stored; on a terminal a person decides."""
    if not (job.args.apply or asked) or (asked and job.args.json and not job.args.apply):
        return False
    if not sys.stdin.isatty():
        return True
    return await asyncio.to_thread(confirmed, len(draft["rules"]), job.texts)
