"""What every page is given to work with."""

from dataclasses import dataclass

from butler.desktop.actions import Actions
from butler.desktop.engine import Engine
from butler.desktop.look import Look
from butler.desktop.preferences import Preferences
from butler.desktop.state import DesktopState


@dataclass(frozen=True, slots=True)
class Desk:
    """How things look, what is known, what can be asked for, the engine, what is remembered."""

    look: Look
    state: DesktopState
    actions: Actions
    engine: Engine
    preferences: Preferences
