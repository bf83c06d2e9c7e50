"""Every text can be read on what it is written on."""

import pytest

from butler.desktop.tokens import DARK, LIGHT, Tokens, blend, channels
from butler.desktop.widgets.badge import tint

_READABLE = 4.5


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _pairs(tokens: Tokens) -> dict[str, tuple[str, str]]:
    pairs = {
        f"{tone} on {ground}": (getattr(tokens, tone), getattr(tokens, ground))
        for tone in ("ink", "secondary", "faint", "accent")
        for ground in ("ground", "panel")
    }
    for tone in ("accent", "good", "warn", "bad"):
        pairs[f"{tone} on its ground"] = (getattr(tokens, tone), getattr(tokens, f"{tone}_ground"))
    for tone in ("ink", "secondary"):
        pairs[f"{tone} on a selected row"] = (getattr(tokens, tone), tokens.accent_ground)
    for layer, colour in tokens.layers.items():
        pairs[f"badge of {layer}"] = (colour, tint(colour, tokens.panel))
        pairs[f"selected badge of {layer}"] = (colour, tokens.panel)
    for tone in ("good", "bad"):
        colour = getattr(tokens, tone)
        pairs[f"badge in {tone}"] = (colour, tint(colour, tokens.panel))
    pairs["primary button"] = (tokens.on_accent, tokens.accent)
    pairs["toast"] = (tokens.panel, tokens.ink)
    return pairs


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(tokens: Tokens) -> None:
    poor = {
        name: round(contrast(*pair), 2)
        for name, pair in _pairs(tokens).items()
        if contrast(*pair) < _READABLE
    }
    assert poor == {}


def test_a_layer_without_a_colour_has_the_defaults() -> None:
    assert LIGHT.layer("direct") == LIGHT.layer(None) == LIGHT.layers["default"]


def test_blending() -> None:
    assert blend("#FFFFFF", "#000000", 0.5) == "#808080"
    assert blend("#123456", "#654321", 0.0) == "#654321"
