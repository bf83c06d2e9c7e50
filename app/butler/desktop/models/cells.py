"""What a cell of any table shows, and the roles by which a model hands it over."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from butler.desktop.widgets.badge import BadgeText

ROW_ROLE = Qt.ItemDataRole.UserRole
"""What a row stands for."""
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
"""A `Cell`."""

Index = QModelIndex | QPersistentModelIndex


class Side(Enum):
    """From which side a column is written."""

    LEFT = Qt.AlignmentFlag.AlignLeft
    RIGHT = Qt.AlignmentFlag.AlignRight
    CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Cell:
    """Text with its tone; a badge instead where there is one; a tooltip if there is more to say."""

    text: str
    tone: str = "ink"
    badge: BadgeText | None = None
    tooltip: str = ""
