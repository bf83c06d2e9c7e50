"""`butler backup`: everything that is stored, in one file."""

import argparse
from contextlib import aclosing

from butler.commands.admin import with_engine
from butler.commands.console import open_file
from butler.commands.exit_codes import EXIT_DONE
from butler.commands.job import Job
from butler.commands.parsing import Parser
from butler.contract.texts import Texts


def arguments(parser: Parser) -> None:
    """Declare the options."""
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="FILE", help=parser.texts("option.backup_file"))
    parser.add_json()


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Back up."""
    return with_engine(lambda admin: _back_up(Job(admin, args, texts)), texts)


async def _back_up(job: Job) -> int:
    name, size = job.args.file, 0
    async with aclosing(job.admin.pieces("POST", "backup")) as pieces:
        first = await anext(pieces, b"")
        with open_file(name) as file:
            size += file.write(first)
            async for piece in pieces:
                size += file.write(piece)
    if name == "-":
        return EXIT_DONE
    done = {"file": name, "bytes": size}
    return job.told(done, "backup.done", file=name, size=f"{size:,}")
