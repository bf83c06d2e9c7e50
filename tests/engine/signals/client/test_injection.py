"""An injection is looked for only where its mark stands."""

import re

from butler.engine.signals.client.injection import Injection


def test_a_text_without_the_mark_comes_back_itself() -> None:
    without = Injection(b"mark:", re.compile(r"mark: \d+|\d+")).rewrite()
    text = "".join(["the number ", "7"])
    assert without(text) is text
    assert without("mark: 7 of it") == " of it"
