"""The trace of a decision as a table."""

from typing import Any

from butler.commands.console import titled
from butler.contract.texts import Texts


def trace_table(texts: Texts, trace: list[dict[str, Any]]) -> str:
    """Return the steps of a decision: who was asked, what came of it, how long it took, why."""
    rows = [
        (
            step["layer"],
            texts.named("outcome", step["outcome"]),
            f"{step['ms']:.2f}",
            step["reason"],
        )
        for step in trace
    ]
    return titled(texts, ("layer", "outcome", "ms", "why"), rows)
