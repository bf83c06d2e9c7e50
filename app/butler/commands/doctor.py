"""`butler doctor`: is everything as it should be, and what to do where it is not."""

import argparse
from typing import Any

from butler.commands.admin import with_engine
from butler.commands.console import padded, say, say_json, sentence, width
from butler.commands.exit_codes import EXIT_DONE, EXIT_REFUSED
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.problems import Problem, ProblemCode
from butler.contract.texts import Texts

_NOTES = {
    ProblemCode.KEY_FILE_IN_USE,
    ProblemCode.ARBITER_SLOW,
    ProblemCode.ARBITER_NO_MODEL,
    ProblemCode.ARBITER_FAILED,
}
"""Problems that are worth knowing, but break nothing."""
_NAME_COLUMNS = 15


def arguments(parser: Parser) -> None:
    """Declare the options."""
    parser.set_defaults(run=run)
    parser.add_json()


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Examine; the exit status is 1 when something is broken, not for a mere note."""
    return with_engine(lambda admin: _examine(Job(admin, args, texts)), texts)


async def _examine(job: Job) -> int:
    checks: list[dict[str, Any]] = (await job.admin.get("doctor"))["items"]
    if job.args.json:
        say_json(checks)
    else:
        _show(checks, job.texts)
    broken = any(_mark(check) == "broken" for check in checks)
    return EXIT_REFUSED if broken else EXIT_DONE


def _show(checks: list[dict[str, Any]], texts: Texts) -> None:
    columns = max(width(texts(f"doctor.{mark}")) for mark in ("well", "note", "broken"))
    for check in checks:
        mark = padded(texts(f"doctor.{_mark(check)}"), columns)
        name = texts.named("check", check["name"].replace(" ", "_"), check["name"])
        say(f"{mark} {padded(name, _NAME_COLUMNS)} {check['detail']}")
        indent = " " * (columns + _NAME_COLUMNS + 1)
        for found in map(Problem.model_validate, check["problems"]):
            say(f"{indent} {sentence(found, texts)}")
            if found.hint:
                say(f"{indent} → {found.hint}")


def _mark(check: dict[str, Any]) -> str:
    """Return the name of what stands before a check."""
    if check["ok"]:
        return "well"
    codes = {found["code"] for found in check["problems"]}
    return "note" if codes and codes <= _NOTES else "broken"
