"""Which language the desktop speaks."""

import os

from PySide6.QtCore import QLocale

from butler.contract.texts import closest_language


def preferred_language(chosen_here: str | None = None) -> str:
    """Return the language to use: `BUTLER_LANG`, what was chosen here, the system's, English."""
    chosen = os.environ.get("BUTLER_LANG") or chosen_here
    return closest_language([chosen] if chosen else QLocale.system().uiLanguages())
