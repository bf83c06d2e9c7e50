"""Usage is read under the names of either generation, and never made up."""

from typing import Any

import pytest

from butler.engine.dialects.services.usage import token_usage


@pytest.mark.parametrize(
    ("usage", "counts"),
    [
        ({"prompt_tokens": 3, "total_tokens": 3}, (3, None)),
        ({"type": "tokens", "input_tokens": 3, "output_tokens": 2}, (3, 2)),
        ({"input_tokens": 0}, (0, None)),
        ({"input_tokens": -1, "output_tokens": True}, None),
        ({"type": "duration", "seconds": 4}, None),
        ([], None),
        (None, None),
    ],
)
def test_token_usage(usage: Any, counts: tuple[int | None, int | None] | None) -> None:
    found = token_usage({"usage": usage})
    assert (found and (found.input_tokens, found.output_tokens)) == counts
