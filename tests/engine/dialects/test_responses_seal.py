"""Thoughts go out as a text that looks sealed, and come back as they were."""

import pytest

from butler.engine.dialects.canonical import Thought
from butler.engine.dialects.responses_seal import is_our_id, is_ours, item_id, seal, unseal


@pytest.mark.parametrize(
    "thought",
    [
        Thought("Hm, 你好", "c2lnbmVk", None, "acme/alpha"),
        Thought(sealed="gAAA"),
        Thought("Hm.", signer="acme/alpha"),
        Thought(),
    ],
    ids=str,
)
def test_there_and_back(thought: Thought) -> None:
    assert is_ours(seal(thought))
    assert unseal(seal(thought)) == thought


@pytest.mark.parametrize(
    "sealed", [None, "gAAAsealed", "butler.1.*", "butler.1.W10=", "butler.1.e"]
)
def test_what_is_none_of_ours(sealed: str | None) -> None:
    assert unseal(sealed) is None


def test_ids_tell_where_they_come_from() -> None:
    assert item_id("msg").startswith("msg_")
    assert is_our_id(item_id("fc"))
    assert not is_our_id("fc_68d0a9f3c1")
