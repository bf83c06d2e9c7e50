"""One action at work: what it works with, and how it reports."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from butler.commands.admin import Admin, with_engine
from butler.commands.console import say, say_json, titled
from butler.commands.exit_codes import EXIT_DONE
from butler.contract.texts import Texts


@dataclass(frozen=True, slots=True)
class Job:
    """An action's engine, command line and words; `given` is what it had read beforehand."""

    admin: Admin
    args: argparse.Namespace
    texts: Texts
    given: Any = None

    def report(self, data: object, words: str) -> int:
        """Write JSON where that is asked for, else the words; returns the exit status."""
        if self.args.json:
            say_json(data)
        else:
            say(words)
        return EXIT_DONE

    def told(self, data: object, key: str, /, **values: object) -> int:
        """Report with the text of a key."""
        return self.report(data, self.texts(key, **values))

    def listed(self, data: object, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
        """Report with a table; `columns` name the texts of its titles."""
        return self.report(data, titled(self.texts, columns, rows))

    def yes_no(self, value: object) -> str:
        """Return the word for a truth."""
        return self.texts("word.yes" if value else "word.no")


def run_action(args: argparse.Namespace, texts: Texts) -> int:
    """Run the action that the command line names; returns the exit status."""
    given = args.prepare(args) if args.prepare else None
    return with_engine(lambda admin: args.work(Job(admin, args, texts, given)), texts)
