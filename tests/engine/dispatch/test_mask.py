"""A key that a provider echoes is masked wherever the network cuts it."""

import pytest

from butler.engine.dispatch.mask import Mask

SECRET = b"sk-sk-1234567890abcdef"
TEXT = b'data: {"error":"Incorrect key ' + SECRET + b", sk-" + SECRET + b' sk-sk-12"}\n\n'
MASKED = b'data: {"error":"Incorrect key [key], sk-[key] sk-sk-12"}\n\n'


def test_a_whole_text() -> None:
    assert Mask(SECRET).whole(TEXT) == MASKED


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20, 21, 22, 23, 1000])
def test_any_cut(size: int) -> None:
    mask = Mask(SECRET)
    out = [mask.feed(TEXT[at : at + size]) for at in range(0, len(TEXT), size)]
    assert b"".join([*out, mask.close()]) == MASKED


def test_every_two_pieces() -> None:
    for at in range(len(TEXT)):
        mask = Mask(SECRET)
        assert mask.feed(TEXT[:at]) + mask.feed(TEXT[at:]) + mask.close() == MASKED


def test_only_what_may_be_a_key_waits() -> None:
    mask = Mask(SECRET)
    assert mask.feed(b"task\n\n") == b"task\n\n"
    assert mask.feed(b"a desk-sk") == b"a de"
    assert mask.feed(b"irt") == b"sk-skirt"
    assert mask.feed(b"s") == b""
    assert mask.close() == b"s"
    assert mask.close() == b""
