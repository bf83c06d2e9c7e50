"""In which section of the page a setting stands: by the first part of its key."""

from collections.abc import Sequence

from butler.contract.resources import Setting

SECTIONS = {
    "routing": ("routing", "semantic", "assistant"),
    "cache": ("cache",),
    "arbiter": ("arbiter",),
    "embedding": ("embedding",),
    "privacy": ("privacy", "log"),
    "costs": ("savings",),
    "network": ("server", "admin"),
    "dispatch": ("dispatch",),
}
"""The sections in their order, and the first parts of their settings' keys."""
OTHER = "other"


def sorted_in(settings: Sequence[Setting]) -> dict[str, list[Setting]]:
    """Return the settings by their section, in the order of the page; none is left out."""
    found: dict[str, list[Setting]] = {name: [] for name in (*SECTIONS, OTHER)}
    for setting in settings:
        found[_section(setting)].append(setting)
    return {name: inside for name, inside in found.items() if inside}


def _section(setting: Setting) -> str:
    first = setting.key.partition(".")[0]
    return next((name for name, parts in SECTIONS.items() if first in parts), OTHER)
