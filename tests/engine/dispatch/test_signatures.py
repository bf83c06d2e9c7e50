"""Signatures are remembered by whose they are, the latest of them."""

from butler.engine.call import Target
from butler.engine.dispatch.signatures import Signatures

ALPHA, BETA = Target("acme", "alpha"), Target("acme", "beta")


def test_whose_it_is() -> None:
    known = Signatures()
    known.learn("a" * 5000, ALPHA)
    known.learn("b", BETA)
    assert (known.signer("a" * 5000), known.signer("b"), known.signer("c")) == (ALPHA, BETA, None)


def test_the_oldest_go() -> None:
    known = Signatures(most=2)
    for sign in "abc":
        known.learn(sign, ALPHA)
    assert [known.signer(sign) for sign in "abc"] == [None, ALPHA, ALPHA]
