"""Which language the desktop speaks."""

import os

from PySide6.QtCore import QLocale

from butler.contract.texts import closest_language


def preferred_language() -> str:
    """Return the language to use: `BUTLER_LANG`, else the system's, else English."""
    chosen = os.environ.get("BUTLER_LANG")
    return closest_language([chosen] if chosen else QLocale.system().uiLanguages())
