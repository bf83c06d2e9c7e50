"""The argument parser, in the language that is spoken."""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from butler.commands.exit_codes import EXIT_MISUSED
from butler.commands.texts import tr

MISUSE = (
    ("the following arguments are required: (?P<names>.+)", "these are missing: {names}"),
    ("unrecognized arguments: (?P<names>.+)", "not understood: {names}"),
    ("argument (?P<name>[^:]+): expected one argument", "{name} needs a value"),
    (
        r"argument (?P<name>[^:]+): invalid choice: (?P<given>.+?) \(choose from (?P<known>.+)\)",
        "{name} can not be {given}; it is one of {known}",
    ),
    (
        "argument (?P<name>[^:]+): invalid int value: (?P<given>.+)",
        "{name} can not be {given}; it is a whole number",
    ),
)
"""What the library says of a misused command line, and what we say; what is not here stays."""


class _Formatter(argparse.HelpFormatter):
    """Help whose own words are in the language that is spoken."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, tr("usage: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks; its sub-parsers do, too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **options)
        self._positionals.title = tr("arguments")
        self._optionals.title = tr("options")
        self.add_argument("-h", "--help", action="help", help=tr("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        """Say how the command is used and what is wrong; ends with the status for misuse."""
        for pattern, ours in MISUSE:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = tr(ours, **found.groupdict())
                break
        self.print_usage(sys.stderr)
        self.exit(EXIT_MISUSED, f"{self.prog}: {message}\n")


def with_json(*commands: argparse.ArgumentParser) -> None:
    """Give commands the option to write JSON."""
    for command in commands:
        command.add_argument("--json", action="store_true", help=tr("write JSON"))
