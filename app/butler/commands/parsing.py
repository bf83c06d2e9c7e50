"""The argument parser in the user's language, and the actions of a command."""

import argparse
import re
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

from butler.commands.console import width, wrap
from butler.commands.exit_codes import EXIT_MISUSED
from butler.commands.job import Job, run_action
from butler.contract.texts import Texts

MISUSES = {
    "misuse.missing": "the following arguments are required: (?P<names>.+)",
    "misuse.unknown": "unrecognized arguments: (?P<names>.+)",
    "misuse.ambiguous": "ambiguous option: (?P<given>.+) could match (?P<names>.+)",
    "misuse.value_missing": "argument (?P<name>[^:]+): expected (?:one|at least one) argument",
    "misuse.value_unwanted": "argument (?P<name>[^:]+): ignored explicit argument (?P<given>.+)",
    "misuse.whole_number": "argument (?P<name>[^:]+): invalid int value: (?P<given>.+)",
    "misuse.choice": (
        r"argument (?P<name>[^:]+): invalid choice: (?P<given>.+?) \(choose from (?P<names>.+)\)"
    ),
    "misuse.together": "argument (?P<name>[^:]+): not allowed with argument (?P<names>.+)",
    "misuse.one_of": "one of the arguments (?P<names>.+) is required",
}
"""What argparse says of a misused command line, by the key of what we say instead."""


class Parser(argparse.ArgumentParser):
    """A parser whose own words, and those of its sub-commands, are `texts`."""

    def __init__(self, *, texts: Texts, **options: Any) -> None:
        super().__init__(
            add_help=False, formatter_class=partial(_Formatter, texts=texts), **options
        )
        self.texts = texts
        self._positionals.title = texts("help.positionals")
        self._optionals.title = texts("help.options")
        self.add_argument("-h", "--help", action="help", help=texts("help.help"))

    def error(self, message: str) -> NoReturn:
        """Say how the command is used and what is wrong; ends with the status for misuse."""
        for key, pattern in MISUSES.items():
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = self.texts(key, **found.groupdict())
                break
        self.print_usage(sys.stderr)
        self.exit(EXIT_MISUSED, f"{self.prog}: {message}\n")

    def add_json(self) -> None:
        """Declare `--json`."""
        self.add_argument("--json", action="store_true", help=self.texts("option.json"))

    def add_switch(self) -> None:
        """Declare `--enable` and `--disable`."""
        for option, value in (("enable", True), ("disable", False)):
            self.add_argument(
                f"--{option}",
                dest="enabled",
                action="store_const",
                const=value,
                help=self.texts(f"option.{option}"),
            )

    def add_repeated(self, option: str, metavar: str, help_key: str) -> None:
        """Declare an option that may be repeated."""
        help_ = self.texts(help_key)
        self.add_argument(option, action="append", default=[], metavar=metavar, help=help_)

    def actions(self, command: str) -> "Actions":
        """Begin the actions of a command, one of which has to be named."""
        parsers = self.add_subparsers(dest="action", metavar="ACTION", required=True)
        return Actions(command, self.texts, parsers)


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions of a command: the help of `token add` is the text `help.token.add`."""

    command: str
    texts: Texts
    parsers: Any

    def add(
        self,
        name: str,
        work: Callable[[Job], Awaitable[int]],
        *,
        prepare: Callable[[argparse.Namespace], object] | None = None,
        json: bool = True,
    ) -> Parser:
        """Add an action; `prepare` reads what it needs before an engine is looked for."""
        summary = self.texts(f"help.{self.command}.{name}")
        parser: Parser = self.parsers.add_parser(
            name, texts=self.texts, help=summary, description=summary
        )
        parser.set_defaults(run=run_action, work=work, prepare=prepare)
        if json:
            parser.add_json()
        return parser


class _Formatter(argparse.HelpFormatter):
    """Help that counts columns as terminals do, where a Chinese character takes two."""

    def __init__(self, prog: str, *, texts: Texts, **options: Any) -> None:
        self._usage = texts("help.usage")
        # The library takes every character for one column; two are kept free at the edge.
        wider = width(self._usage) - len(self._usage)
        columns = shutil.get_terminal_size().columns - 2 - wider
        super().__init__(prog, **{"width": columns, **options})

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self._usage if prefix is None else prefix)

    def _split_lines(self, text: str, columns: int) -> list[str]:
        return wrap(text, columns)

    def _fill_text(self, text: str, columns: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrap(text, columns - len(indent)))
