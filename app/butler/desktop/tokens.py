"""The colours by meaning, as two sets; every text on its ground reaches a contrast of 4.5:1."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours as `#rrggbb`; a `_ground` is what its namesake is written on."""

    ground: str
    panel: str
    line: str
    ink: str
    secondary: str
    faint: str
    accent: str
    accent_ground: str
    on_accent: str
    good: str
    good_ground: str
    warn: str
    warn_ground: str
    bad: str
    bad_ground: str
    layers: Mapping[str, str]

    def layer(self, name: str | None) -> str:
        """Return a layer's colour; layers without one of their own share the default's."""
        return self.layers.get(name or "default", self.layers["default"])

    @property
    def hover(self) -> str:
        """What a control lies on under the mouse."""
        return blend(self.ink, self.panel, 0.04)

    @property
    def pressed(self) -> str:
        """What a control lies on while it is held down."""
        return blend(self.ink, self.panel, 0.09)


LIGHT = Tokens(
    ground="#F6F7F9",
    panel="#FFFFFF",
    line="#E3E6EB",
    ink="#161A22",
    secondary="#5A6474",
    faint="#657081",
    accent="#3B5BDB",
    accent_ground="#EBEFFD",
    on_accent="#FFFFFF",
    good="#1F7A4D",
    good_ground="#E5F4EC",
    warn="#8F5A00",
    warn_ground="#FDF1DC",
    bad="#B42318",
    bad_ground="#FDECEA",
    layers=MappingProxyType(
        {
            "exact_cache": "#3B5BDB",
            "semantic_cache": "#0B7285",
            "rules": "#1C7548",
            "semantic": "#6741D9",
            "arbiter": "#A64B06",
            "default": "#5F6978",
        }
    ),
)

DARK = Tokens(
    ground="#12151B",
    panel="#1A1E26",
    line="#2B313C",
    ink="#EEF1F6",
    secondary="#A9B2C0",
    faint="#8F99A8",
    accent="#8FA8FF",
    accent_ground="#232C4A",
    on_accent="#12151B",
    good="#6FCF9B",
    good_ground="#17322A",
    warn="#E8B45A",
    warn_ground="#3A2D14",
    bad="#FF8A7E",
    bad_ground="#43201D",
    layers=MappingProxyType(
        {
            "exact_cache": "#8FA8FF",
            "semantic_cache": "#5CC8D7",
            "rules": "#6FCF9B",
            "semantic": "#B197FC",
            "arbiter": "#F0A35E",
            "default": "#A9B2C0",
        }
    ),
)


def blend(colour: str, ground: str, share: float) -> str:
    """Return `colour` laid on `ground` with `share` (0 to 1) of it showing."""
    mixed = (
        round(c * share + g * (1 - share))
        for c, g in zip(channels(colour), channels(ground), strict=True)
    )
    return "#{:02X}{:02X}{:02X}".format(*mixed)


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of `#rrggbb`, 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
