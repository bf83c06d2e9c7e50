"""`butler stop`: let the running engine finish what it does, then end."""

import argparse

from butler.commands.admin import with_engine
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.texts import Texts


def arguments(parser: Parser) -> None:
    """Declare the options."""
    parser.set_defaults(run=run)
    parser.add_json()


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Stop."""
    return with_engine(lambda admin: _stop(Job(admin, args, texts)), texts, running=True)


async def _stop(job: Job) -> int:
    status = await job.admin.post("shutdown")
    return job.told(status, "stop.done", pid=status["pid"])
