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
from butler.commands.console import complain

COMMANDS = {
    "serve": "run the engine without a window",
    "demo": "send a dozen prompts through a demo engine and show what decided",
    "explain": "say which model would answer a prompt, and why; no model is called",
    "provider": "list, add, edit, remove providers",
    "rule": "list, add, edit, remove routing rules",
    "token": "list, add, show, edit, remove client tokens",
    "doctor": "check the installation and say what to do",
}

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 refused, 2 misused, 3 can not start."""
    _write_utf_8()
    words = [_readable(word) for word in (sys.argv[1:] if argv is None else argv)]
    args = _parser(words).parse_args(words)
    if args.data_dir:
        os.environ["BUTLER_DATA_DIR"] = args.data_dir
    try:
        return int(_module(args.command or "desktop").run(args))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`butler rule list | head`): nothing to complain of.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except EOFError as error:
        complain(str(error))
        return EXIT_USAGE


def _write_utf_8() -> None:
    """Prompts are of any script, and JSON is UTF-8, whatever an old terminal or a pipe claims."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")


def _readable(word: str) -> str:
    """Return an argument with what was no UTF-8 in it replaced: it could not be sent as JSON."""
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


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
