"""`butler doctor`: is everything as it should be, and what to do where it is not."""

import argparse
from typing import Any

from butler.commands.admin import Admin, with_engine
from butler.commands.console import padded, say, say_json
from butler.commands.exit_codes import EXIT_DONE, EXIT_REFUSED
from butler.commands.parsing import with_json
from butler.commands.texts import problem_text, tr
from butler.contract.problems import Problem, ProblemCode

_NOTES = {ProblemCode.KEY_FILE_IN_USE}
"""Problems that are worth knowing, but break nothing."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    with_json(parser)


def run(args: argparse.Namespace) -> int:
    """Examine; the exit status is 1 when something is broken, not for a mere note."""
    return with_engine(lambda admin: _examine(admin, args))


async def _examine(admin: Admin, args: argparse.Namespace) -> int:
    checks: list[dict[str, Any]] = (await admin.get("doctor"))["items"]
    broken = any(_mark(check) == "SEE" for check in checks)
    if args.json:
        say_json(checks)
    else:
        _show(checks)
    return EXIT_REFUSED if broken else EXIT_DONE


def _show(checks: list[dict[str, Any]]) -> None:
    for check in checks:
        say(f"{_mark(check):<4} {padded(tr(check['name']), 15)} {check['detail']}")
        for found in map(Problem.model_validate, check["problems"]):
            say(f"     {'':<15} {problem_text(found)}")
            if found.hint:
                say(f"     {'':<15} → {tr(found.hint)}")


def _mark(check: dict[str, Any]) -> str:
    """Return what stands before a check: all well, a note, or something to see to."""
    if check["ok"]:
        return "ok"
    codes = {found["code"] for found in check["problems"]}
    return "note" if codes and codes <= _NOTES else "SEE"
