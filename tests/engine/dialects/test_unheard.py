"""What nobody reads is told by name, unless it is a hint or asks for what comes anyway."""

from typing import Any

import pytest

from butler.engine.dialects.unheard import HINTS, unheard


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"min_p": 0.1, "model": "m", "read": 1}, ["`min_p`"]),
        ({"logit_bias": {}, "a": None, "b": False, "c": [], "d": ""}, []),
        ({"service_tier": "auto"}, []),
        ({"service_tier": "flex"}, ["`service_tier`"]),
        ({"modalities": ["text"]}, []),
        ({"modalities": ["text", "audio"]}, ["`modalities`"]),
        ({"zero": 0, "no": [None]}, ["`no`"]),
    ],
)
def test_it_is_told(data: dict[str, Any], told: list[str]) -> None:
    assert list(unheard(data, frozenset({"read"}))) == told


def test_hints_are_not_told() -> None:
    assert list(unheard(dict.fromkeys(HINTS, True), frozenset())) == []


def test_nobody_fills_a_trace_with_names() -> None:
    told = list(unheard({f"{number}" * 99: 1 for number in range(99)}, frozenset()))
    assert len(told) == 20
    assert all(len(name) <= 62 for name in told)
