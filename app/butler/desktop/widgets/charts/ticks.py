"""Round numbers for an axis."""

import math

_STEPS = (1, 2, 2.5, 5, 10)


def ticks(
    highest: float, most: int = 4, *, lowest: float = 0.0, whole: bool = False
) -> list[float]:
    """Return round numbers from `lowest` (0 or less) up to at least `highest`, 0 among them.

    They are at most `most` + 1, one more where some lie below zero.
    """
    if highest <= 0 <= lowest:
        return [0.0, 1.0]
    rough = (highest - lowest) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, math.ceil(step))
    first = -math.ceil(-lowest / step - 1e-9)
    return [at * step for at in range(first, math.ceil(highest / step - 1e-9) + 1)]
