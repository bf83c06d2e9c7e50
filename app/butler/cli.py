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
from itertools import zip_longest
from types import ModuleType

from butler import __version__
from butler.commands.console import complain, readable
from butler.commands.exit_codes import (
    EXIT_DONE,
    EXIT_INTERRUPTED,
    EXIT_MISUSED,
    CommandFailed,
)
from butler.commands.parsing import Parser
from butler.commands.texts import choose_language, speak, tr

COMMANDS = {
    "serve": "run the engine without a window",
    "demo": "send a dozen prompts through a demo engine and show what decided",
    "explain": "say which model would answer a prompt, and why; no model is called",
    "provider": "list, add, edit, remove, test providers; find those on this machine",
    "model": "list, add, edit, remove models",
    "rule": "list, add, edit, remove, order, check routing rules",
    "token": "list, add, show, edit, remove client tokens",
    "setting": "list, set, reset settings",
    "config": "write the configuration to a file, read it from one",
    "history": "list what was changed, take it back",
    "breaker": "list and close the breakers that keep calls away from a model",
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
    speak(choose_language(os.environ, _chosen_language(words)))
    args = _parser(words).parse_args(words)
    if args.data_dir:
        _name_data_dir(args.data_dir)
    return int(_module(args.command or "desktop").run(args))


def _chosen_language(words: Sequence[str]) -> str | None:
    """Return the value of `--lang`, which has to be known before there is a parser."""
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        option, equals, value = word.partition("=")
        if option == "--lang":
            return value if equals else following
    return None


def _name_data_dir(directory: str) -> None:
    # In the environment, because the engine that the desktop starts has to find it too.
    try:
        os.environ["BUTLER_DATA_DIR"] = directory
    except UnicodeEncodeError:
        raise CommandFailed(
            tr("The directory {name} can not be named in this system's locale.", name=directory),
            EXIT_MISUSED,
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
        sentence = tr("The argument '{shown}' is no UTF-8 text.", shown=shown)
        raise CommandFailed(sentence, EXIT_MISUSED) from None


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = Parser(
        prog="butler",
        description=tr(
            "Smart Routing Butler: one local endpoint that decides which model answers. "
            "Without a command it opens the desktop app."
        ),
    )
    version = f"%(prog)s {__version__}"
    parser.add_argument(
        "--version", action="version", version=version, help=tr("show the version and exit")
    )
    parser.add_argument("--data-dir", metavar="DIR", help=tr("where configuration and log lie"))
    parser.add_argument("--lang", metavar="LANGUAGE", help=tr("the language to speak: en, zh_CN"))
    commands = parser.add_subparsers(dest="command", metavar=tr("COMMAND"))
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=tr(summary), description=tr(summary))
        if name in words:
            _module(name).arguments(command)
    return parser


def _module(name: str) -> ModuleType:
    return import_module(f"butler.commands.{name}")
