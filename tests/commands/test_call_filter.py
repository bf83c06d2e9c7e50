"""The filters of calls become what the API is asked."""

from butler.commands.call_filter import add_log_filters, query_of
from butler.commands.language import texts_of
from butler.commands.parsing import Parser
from butler.contract.call_filter import LogQuery


def parser() -> Parser:
    read = Parser(prog="tool", texts=texts_of("en"))
    add_log_filters(read)
    return read


def test_what_is_not_said_is_not_asked() -> None:
    assert query_of(parser().parse_args([])) == {}


def test_words_may_be_repeated() -> None:
    words = ("--layer", "rules", "--layer", "pin", "--from", "2026-01-01", "--min-cost", "0.5")
    args = parser().parse_args(words)
    assert query_of(args) == {
        "layer": ["rules", "pin"],
        "from": "2026-01-01",
        "min_cost_usd": "0.5",
    }


def test_every_filter_of_the_api_is_an_option() -> None:
    known = {action.dest for action in parser()._actions}
    assert set(LogQuery.model_fields) - {"tz"} <= known
