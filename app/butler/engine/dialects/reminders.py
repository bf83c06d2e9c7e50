"""What the system says in the middle of a conversation, where a vendor hears it only before all.

It is told by the user at its place, marked as agents mark what the user has not typed. Moved to the
beginning it would lose its place, and all that a vendor has cached behind the beginning with it.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from butler.engine.dialects.canonical import Message, Role, Text


def split(messages: Sequence[Message]) -> tuple[list[Message], list[Message]]:
    """Return what the system says before all else, and the rest, in which nobody but two speak."""
    leading = list(takewhile(lambda message: message.role is Role.SYSTEM, messages))
    return leading, [as_reminder(message) for message in messages[len(leading) :]]


def as_reminder(message: Message) -> Message:
    """Return what the system says as the user tells it; all other messages as they are."""
    if message.role is not Role.SYSTEM:
        return message
    texts = (part for part in message.parts if isinstance(part, Text) and part.text.strip())
    return Message(Role.USER, tuple(map(_wrapped, texts)))


def _wrapped(said: Text) -> Text:
    return replace(said, text=f"<system-reminder>\n{said.text}\n</system-reminder>")
