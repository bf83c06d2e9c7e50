"""Round numbers for an axis."""

import math

_STEPS = (1, 2, 2.5, 5, 10)


def ticks(highest: float, most: int = 4, *, whole: bool = False) -> list[float]:
    """Return at most `most` + 1 round numbers from 0 up to at least `highest`."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, math.ceil(step))
    return [at * step for at in range(math.ceil(highest / step - 1e-9) + 1)]
