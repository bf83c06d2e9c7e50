"""How likely tokens were, side by side in both forms."""

from butler.engine.dialects.canonical import Likely
from butler.engine.dialects.responses_likely import read_likely, write_likely

OTHERS = [{"token": "Hi", "logprob": -0.5, "bytes": [72, 105]}]
GIVEN = [{"token": "Hé", "logprob": -0.1, "bytes": [72, 195, 169], "top_logprobs": OTHERS}]
MEANT = (Likely("Hé", -0.1, (72, 195, 169), (Likely("Hi", -0.5, (72, 105)),)),)


def test_there_and_back() -> None:
    assert read_likely(GIVEN) == MEANT
    assert list(write_likely(MEANT)) == GIVEN


def test_what_vendors_leave_out() -> None:
    (bare,) = read_likely([{"token": "x"}, 7])
    assert bare == Likely("x", -9999.0)
    assert next(write_likely([Likely("é", -1.0)]))["bytes"] == [195, 169]
    assert read_likely(None) == ()
