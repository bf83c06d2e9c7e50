"""Only what a vendor has told is told on."""

import pytest

from butler.engine.dialects.too_long import told_numbers


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("maximum context length is 8192 tokens, and you sent 9,000.", (9000, 8192)),
        ("exceeds 8192 tokens (gpt-4-0613)", None),
        ("The maximum is 8192, 9000 were sent, 500 of them for the answer", None),
        ("", None),
    ],
)
def test_both_numbers_or_none(message: str, told: tuple[int, int] | None) -> None:
    assert told_numbers(message) == told
