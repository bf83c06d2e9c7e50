"""Nothing is kept that nobody asked for."""

from butler.engine.ledger.policy import Bodies, nothing_wanted


def test_an_owner_who_has_not_said_anything() -> None:
    policy = nothing_wanted()
    assert policy.bodies is Bodies.OFF
    assert policy.redact
    assert policy.baseline is None
