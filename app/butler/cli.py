"""The command line: `butler` opens the desktop, `butler COMMAND` does one thing.

Each command is one module of `butler.commands` with `arguments(parser)` and `run(args) -> int`.
Only the chosen one is loaded for its work, so that a look at a running engine is quick.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from butler import __version__
from butler.commands.console import complain, readable
from butler.commands.exit_codes import (
    EXIT_DONE,
    EXIT_INTERRUPTED,
    EXIT_MISUSED,
    CommandFailed,
)

COMMANDS = {
    "serve": "run the engine without a window",
    "demo": "send a dozen prompts through a demo engine and show what decided",
    "explain": "say which model would answer a prompt, and why; no model is called",
    "provider": "list, add, edit, remove providers",
    "rule": "list, add, edit, remove routing rules",
    "token": "list, add, show, edit, remove client tokens",
    "setting": "list, set, reset settings",
    "doctor": "check the installation and say what to do",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status, one of `butler.commands.exit_codes`."""
    _write_utf_8()
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except CommandFailed as failure:
        complain(str(failure))
        return failure.status
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`butler rule list | head`): nothing to complain of.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE


def _run(argv: Sequence[str]) -> int:
    words = [_argument(word) for word in argv]
    args = _parser(words).parse_args(words)
    if args.data_dir:
        _name_data_dir(args.data_dir)
    return int(_module(args.command or "desktop").run(args))


def _name_data_dir(directory: str) -> None:
    # In the environment, because the engine that the desktop starts has to find it too.
    try:
        os.environ["BUTLER_DATA_DIR"] = directory
    except UnicodeEncodeError:
        raise CommandFailed(
            f"The directory {directory} can not be named in this system's locale.", EXIT_MISUSED
        ) from None


def _write_utf_8() -> None:
    """Prompts are of any script, and JSON is UTF-8, whatever an old terminal or a pipe claims."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _argument(word: str) -> str:
    try:
        return readable(word)
    except ValueError:
        shown = word.encode("utf-8", "replace").decode()
        raise CommandFailed(f"The argument '{shown}' is no UTF-8 text.", EXIT_MISUSED) from None


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="butler",
        description="Smart Routing Butler: one local endpoint that decides which model answers. "
        "Without a command it opens the desktop app.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--data-dir", metavar="DIR", help="where configuration and log lie")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name in words:
            _module(name).arguments(command)
    return parser


def _module(name: str) -> ModuleType:
    return import_module(f"butler.commands.{name}")
