"""A trace is a table: identifiers stay, outcomes are translated."""

from butler.commands.language import texts_of
from butler.commands.trace import trace_table

STEP = {"layer": "rules", "outcome": "decided", "ms": 0.123, "reason": "it matched"}


def test_a_table() -> None:
    english, chinese = (trace_table(texts_of(tag), [STEP]) for tag in ("en", "zh_CN"))
    assert english.splitlines()[1].split("  ") == ["rules", "decided", "0.12", "it matched"]
    assert chinese.splitlines()[1].split()[0] == "rules"
    assert "decided" not in chinese
