"""What the system says in the middle is told by the user, at its place."""

from butler.engine.dialects.canonical import Message, Role, Text, ToolResult
from butler.engine.dialects.reminders import as_reminder, split

_SYSTEM = Message(Role.SYSTEM, (Text("Be brief."),))
_USER = Message(Role.USER, (Text("Hi"),))
_LATER = Message(Role.SYSTEM, (Text("Be kind.", {"type": "ephemeral"}), Text(" ")))


def test_what_is_said_first_stays_the_systems() -> None:
    leading, rest = split((_SYSTEM, _SYSTEM, _USER, _LATER, _USER))

    assert leading == [_SYSTEM, _SYSTEM]
    assert [message.role for message in rest] == [Role.USER] * 3
    assert [rest[0], rest[2]] == [_USER, _USER]


def test_a_reminder_keeps_its_cache_mark_and_says_nothing_empty() -> None:
    text = "<system-reminder>\nBe kind.\n</system-reminder>"

    assert as_reminder(_LATER).parts == (Text(text, {"type": "ephemeral"}),)


def test_others_are_left_as_they_are() -> None:
    result = Message(Role.USER, (ToolResult("c1", (Text("sunny"),)),))

    assert as_reminder(result) is result


def test_nobody_but_the_system_may_speak() -> None:
    assert split((_SYSTEM,)) == ([_SYSTEM], [])
