"""The words and marks of every task, one file each: the place to add a cue."""

from typing import Final

from butler.engine.signals.task.cues import (
    analysis,
    chat,
    coding,
    creative,
    general,
    math,
    summarization,
    translation,
)
from butler.engine.signals.task.sheet import Sheet

SHEETS: Final[tuple[Sheet, ...]] = (
    coding.SHEET,
    translation.SHEET,
    analysis.SHEET,
    math.SHEET,
    creative.SHEET,
    chat.SHEET,
    summarization.SHEET,
    general.SHEET,
)
