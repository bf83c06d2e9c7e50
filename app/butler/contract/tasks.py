"""The one task vocabulary: the classifier, the rules and every window use these words."""

from enum import StrEnum


class Task(StrEnum):
    """What the user's own words ask for."""

    CODING = "coding"
    TRANSLATION = "translation"
    ANALYSIS = "analysis"
    MATH = "math"
    CREATIVE = "creative"
    CHAT = "chat"
    SUMMARIZATION = "summarization"
    GENERAL = "general"
