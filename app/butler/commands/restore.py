"""`butler restore`: everything back as it is in a backup."""

import argparse
from pathlib import Path
from typing import BinaryIO

from butler.commands.admin import with_engine
from butler.commands.exit_codes import EXIT_MISUSED, CommandFailed
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.texts import Texts


def arguments(parser: Parser) -> None:
    """Declare the options."""
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="FILE", help=parser.texts("option.restore_file"))
    parser.add_json()


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Restore."""
    with _opened(args.file) as file:
        return with_engine(lambda admin: _restore(Job(admin, args, texts), file), texts)


def _opened(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CommandFailed("failed.read", EXIT_MISUSED, name=name, reason=error.strerror) from None


async def _restore(job: Job, file: BinaryIO) -> int:
    done = await job.admin.send("restore", file)
    return job.told(done, "restore.done", **done)
