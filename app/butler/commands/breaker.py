"""`butler breaker`: which models are kept away from, and why; and letting calls in again."""

from typing import Any

from butler.commands.admin import segment
from butler.commands.job import Job
from butler.commands.parsing import Parser


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    actions = parser.actions("breaker")
    actions.add("list", _list)
    reset = actions.add("reset", _reset)
    reset.add_argument("target", nargs="?", metavar="PROVIDER/MODEL")


async def _list(job: Job) -> int:
    return _show(job, (await job.admin.get("breakers"))["items"])


async def _reset(job: Job) -> int:
    one = f"breakers/{segment(job.args.target)}:reset" if job.args.target else "breakers:reset"
    return _show(job, (await job.admin.post(one))["items"])


def _show(job: Job, found: list[dict[str, Any]]) -> int:
    if not found:
        return job.told(found, "breaker.none")
    columns = ("model", "state", "for_another", "why")
    return job.listed(found, columns, [_row(job, breaker) for breaker in found])


def _row(job: Job, breaker: dict[str, Any]) -> tuple[str, ...]:
    state = job.texts("breaker.open" if breaker["state"] == "open" else "breaker.half_open")
    left = job.texts("word.seconds", number=f"{breaker['left_ms'] / 1000:.0f}")
    return (breaker["target"], state, left, breaker["reason"])
