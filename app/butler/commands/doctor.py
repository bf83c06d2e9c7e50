"""`butler doctor`: is everything as it should be, and what to do where it is not."""

import argparse
from typing import Any

import orjson

from butler.commands.admin import Admin, with_engine
from butler.commands.console import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="write JSON")


def run(args: argparse.Namespace) -> int:
    """Examine; the exit status is 1 when something is wrong."""
    return with_engine(lambda admin: _examine(admin, args))


async def _examine(admin: Admin, args: argparse.Namespace) -> int:
    checks: list[dict[str, Any]] = (await admin.get("doctor"))["items"]
    healthy = all(check["ok"] for check in checks)
    if args.json:
        say(orjson.dumps(checks).decode())
        return 0 if healthy else 1
    for check in checks:
        say(f"{'ok ' if check['ok'] else 'SEE'}  {check['name']:<15} {check['detail']}")
        for found in check["problems"]:
            say(f"     {'':<15} {found['detail']}")
            if found["hint"]:
                say(f"     {'':<15} → {found['hint']}")
    return 0 if healthy else 1
