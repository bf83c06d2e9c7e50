"""The command line: `butler` opens the desktop, `butler COMMAND` does one thing.

Each command is one module of `butler.commands` with `arguments(parser)`, in which it says what is
to `run`. Only the chosen one is loaded, so that a look at a running engine is quick.
"""

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
from butler.commands.language import VARIABLE, speak, take_language
from butler.commands.parsing import Parser
from butler.contract.texts import LANGUAGES, Texts

COMMANDS = (
    "serve",
    "demo",
    "explain",
    "provider",
    "model",
    "rule",
    "wizard",
    "replay",
    "category",
    "token",
    "setting",
    "config",
    "history",
    "breaker",
    "cache",
    "arbiter",
    "requests",
    "stats",
    "backup",
    "restore",
    "vault",
    "status",
    "stop",
    "doctor",
)
"""As the help lists them; what each is for is the text `help.COMMAND`."""
_WITHOUT_COMMAND = "desktop"


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status, one of `butler.commands.exit_codes`."""
    _write_utf_8()
    asked, words = take_language(sys.argv[1:] if argv is None else argv)
    texts = speak(asked, os.environ)
    if asked:
        # The desktop, which has to speak it too, looks there.
        os.environ[VARIABLE] = texts.language
    try:
        return _run(words, texts)
    except CommandFailed as failure:
        complain(texts(failure.key, **failure.values))
        return failure.status
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`butler rule list | head`): nothing to complain of.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE


def _run(argv: Sequence[str], texts: Texts) -> int:
    words = [_argument(word) for word in argv]
    args = command_parser(texts, words).parse_args(words)
    if args.data_dir:
        _name_data_dir(args.data_dir)
    run = args.run if args.command else _module(_WITHOUT_COMMAND).run
    return int(run(args, texts))


def _name_data_dir(directory: str) -> None:
    # In the environment, because the engine that the desktop starts has to find it too.
    try:
        os.environ["BUTLER_DATA_DIR"] = directory
    except UnicodeEncodeError:
        raise CommandFailed("failed.data_dir", EXIT_MISUSED, name=directory) from None


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
        raise CommandFailed("failed.argument", EXIT_MISUSED, shown=shown) from None


def command_parser(texts: Texts, words: Sequence[str]) -> Parser:
    """Return the parser of everything; of the commands it knows those well that are in `words`."""
    parser = Parser(prog="butler", texts=texts, description=texts("help.butler"))
    parser.add_argument(
        "--version",
        action="version",
        version=f"%(prog)s {__version__}",
        help=texts("option.version"),
    )
    parser.add_argument("--data-dir", metavar="DIR", help=texts("option.data_dir"))
    parser.add_argument("--hidden", action="store_true", help=texts("option.hidden"))
    parser.add_argument("--lang", choices=LANGUAGES, help=texts("option.lang"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        summary = texts(f"help.{name}")
        command = commands.add_parser(name, texts=texts, help=summary, description=summary)
        if name in words:
            _module(name).arguments(command)
    return parser


def _module(name: str) -> ModuleType:
    return import_module(f"butler.commands.{name}")
