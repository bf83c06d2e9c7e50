"""The options that say which calls are meant; the log, its export and statistics share them."""

import argparse

from butler.commands.parsing import Parser

_WORDS = (
    *("layer", "rule", "model", "provider", "token", "client", "task", "endpoint"),
    *("modality", "thinking", "fallback"),
)
_TRUTH = ("true", "false")
_OUTCOMES = ("ok", "error", "cancelled")
Query = dict[str, str | list[str]]


def add_filters(parser: Parser) -> None:
    """Declare the filters that statistics and the log have."""
    texts = parser.texts
    which = parser.add_argument_group(texts("help.filters"), texts("help.filters.text"))
    which.add_argument("--from", dest="from_", metavar="TIME", help=texts("option.from"))
    which.add_argument("--to", metavar="TIME", help=texts("option.to"))
    for name in _WORDS:
        which.add_argument(f"--{name}", action="append", metavar="WORD")
    which.add_argument("--streaming", choices=_TRUTH)


def add_log_filters(parser: Parser) -> None:
    """Declare all filters of the log."""
    texts = parser.texts
    add_filters(parser)
    parser.add_argument(
        "--status", action="append", choices=_OUTCOMES, help=texts("option.call_status")
    )
    parser.add_argument("--cached", choices=_TRUTH, help=texts("option.cached"))
    parser.add_argument(
        "--min-cost", dest="min_cost_usd", metavar="USD", help=texts("option.min_cost")
    )
    parser.add_argument("--text", metavar="WORDS", help=texts("option.call_text"))


def query_of(args: argparse.Namespace, *more: str) -> Query:
    """Return what the filters ask of the admin API, and options beyond them by their names."""
    names = ("to", "streaming", "status", "cached", "min_cost_usd", "text", *_WORDS, *more)
    asked = {"from": args.from_} | {name: getattr(args, name, None) for name in names}
    return {
        name: [str(item) for item in value] if isinstance(value, list) else str(value)
        for name, value in asked.items()
        if value is not None
    }
