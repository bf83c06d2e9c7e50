"""How a command ends: its exit status, and the exception that ends it early with a sentence."""

EXIT_DONE = 0
EXIT_REFUSED = 1
"""The engine refused, went away, or found something broken."""
EXIT_MISUSED = 2
"""The command line or what was read from the input makes no sense; argparse uses it too."""
EXIT_CANNOT_START = 3
EXIT_INTERRUPTED = 130
"""Ctrl-C, as shells count it: 128 and the number of SIGINT."""


class CommandFailed(Exception):
    """A command can not go on: the key and fields of the text that tells why, and the status."""

    def __init__(self, key: str, status: int = EXIT_REFUSED, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.status = status
        self.values = values
