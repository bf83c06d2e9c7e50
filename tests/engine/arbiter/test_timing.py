"""How long the arbiter takes, over its latest answers."""

from butler.engine.arbiter.timing import Timing


def test_percentiles_of_the_latest() -> None:
    timing = Timing()
    assert timing.percentile(50) is None
    for ms in range(1, 201):
        timing.add(ms)
    assert timing.count == 64
    assert (timing.percentile(50), timing.percentile(95)) == (168, 197)
    timing.clear()
    assert timing.count == 0
