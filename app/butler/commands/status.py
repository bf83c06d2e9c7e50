"""`butler status`: the engine at a glance, and how its models are."""

import argparse
from collections.abc import Iterator
from typing import Any

from butler.commands.admin import with_engine
from butler.commands.console import complain_of, moment, money, padded, titled, width
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.problems import Problem
from butler.contract.texts import Texts


def arguments(parser: Parser) -> None:
    """Declare the options."""
    parser.set_defaults(run=run)
    parser.add_json()


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Look."""
    return with_engine(lambda admin: _look(Job(admin, args, texts)), texts)


async def _look(job: Job) -> int:
    status = await job.admin.get("status")
    health = await job.admin.get("health")
    facts = [(job.texts(f"status.{name}"), told) for name, told in _facts(job.texts, status)]
    columns = max(width(name) for name, _ in facts) + 2
    lines = "\n".join(padded(name, columns) + told for name, told in facts)
    rows = [_row(job.texts, target) for target in health["targets"]]
    models = titled(job.texts, ("model", "state", "failing", "p50_ttft", "p95_ttft"), rows)
    done = job.report({**status, "health": health}, f"{lines}\n\n{models}")
    if not job.args.json:
        complain_of(map(Problem.model_validate, status["warnings"]), job.texts)
    return done


def _facts(texts: Texts, status: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of an engine: the name of each line, and what stands in it."""
    yield "routing", texts.named("state", status["state"])
    yield "serves_at", status["base_url"] or texts("status.not_serving")
    yield "since", moment(status["started_at"])
    yield "default_target", status["default_target"] or texts("word.none")
    yield "requests_today", f"{status['requests_today']:,}"
    spent = money(status["spent_today_usd"])
    if status["unpriced_today"]:
        spent += texts("status.and_unpriced", number=f"{status['unpriced_today']:,}")
    yield "spent_today", spent
    yield "in_flight", f"{status['in_flight']:,}"
    yield "revision", str(status["revision"])
    yield "data_dir", status["data_dir"]


def _row(texts: Texts, target: dict[str, Any]) -> tuple[str, ...]:
    state = texts("status.well")
    if target["breaker"]:
        state = texts(f"breaker.{target['breaker']['state']}")
    rate = target["failure_rate"]
    return (
        target["target"],
        state,
        "-" if rate is None else f"{rate:.0%}",
        *(
            "-" if ms is None else f"{ms:.0f}"
            for ms in (target["p50_ttft_ms"], target["p95_ttft_ms"])
        ),
    )
