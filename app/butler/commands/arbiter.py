"""`butler arbiter`: how the small model that chooses among categories is, and fetching it."""

import asyncio
import sys
from typing import Any

from butler.commands.console import complain
from butler.commands.exit_codes import EXIT_DONE, EXIT_REFUSED
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.problems import Problem

_LOOK_EVERY_S = 0.5


def arguments(parser: Parser) -> None:
    """Declare the actions."""
    actions = parser.actions("arbiter")
    actions.add("show", _show)
    test = actions.add("test", _test)
    test.add_argument("prompt", nargs="?", default="", metavar="PROMPT")
    actions.add("pull", _pull)


async def _show(job: Job) -> int:
    found: dict[str, Any] = await job.admin.get("arbiter")
    phase = job.texts.named("status", f"arbiter_{found['phase']}", found["phase"])
    lines = [
        job.texts("arbiter.is", phase=phase, reason=found["reason"]),
        job.texts("arbiter.where", model=found["model"], url=found["url"]),
        _timing(job, found),
    ]
    for told in map(Problem.model_validate, found["problems"]):
        lines += [told.detail, *([f"→ {told.hint}"] if told.hint else [])]
    return job.report(found, "\n".join(lines))


def _timing(job: Job, found: dict[str, Any]) -> str:
    if found["p50_ms"] is None:
        return job.texts("arbiter.not_measured", budget=found["budget_ms"])
    return job.texts(
        "arbiter.measured",
        budget=found["budget_ms"],
        count=found["answers"],
        half=f"{found['p50_ms']:.0f}",
        most=f"{found['p95_ms']:.0f}",
    )


async def _test(job: Job) -> int:
    found: dict[str, Any] = await job.admin.post("arbiter:test", {"prompt": job.args.prompt})
    job.report(found, "\n".join(_tested(job, found)))
    return EXIT_REFUSED if found["error"] else EXIT_DONE


def _tested(job: Job, found: dict[str, Any]) -> list[str]:
    if found["error"]:
        return [job.texts("arbiter.failed", reason=found["error"])]
    sure = found["confidence"]
    percent = job.texts("arbiter.unsure") if sure is None else f"{sure:.0%}"
    chose = "arbiter.chose" if found["route"] else "arbiter.chose_none"
    lines = [job.texts(chose, route=found["route"], sure=percent, ms=f"{found['ms']:.0f}")]
    if not found["within_budget"]:
        lines.append(job.texts("arbiter.too_late"))
    if not found["sure_enough"]:
        lines.append(job.texts("arbiter.too_unsure"))
    if found["sample"]:
        lines.append(job.texts("arbiter.sample", routes=", ".join(found["routes"])))
    return lines


async def _pull(job: Job) -> int:
    found: dict[str, Any] = await job.admin.post("arbiter:pull")
    while found["pull"]["running"]:
        _progress(job, found["pull"])
        await asyncio.sleep(_LOOK_EVERY_S)
        found = await job.admin.get("arbiter")
    pull = found["pull"]
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if pull["error"]:
        complain(job.texts("arbiter.not_pulled", model=pull["model"], reason=pull["error"]))
        return EXIT_REFUSED
    return job.told(found, "arbiter.pulled", model=pull["model"])


def _progress(job: Job, pull: dict[str, Any]) -> None:
    """Say how far it is: on a terminal in one line, elsewhere not at all."""
    if not sys.stderr.isatty():
        return
    share = "" if pull["share"] is None else f" {pull['share']:.0%}"
    sys.stderr.write(f"\r\x1b[K{pull['status']}{share}")
    sys.stderr.flush()
