"""Results of tools stand right behind the calls that they are for."""

from butler.engine.dialects.canonical import (
    Image,
    Inline,
    Message,
    Part,
    Role,
    Text,
    ToolCall,
    ToolResult,
)
from butler.engine.dialects.results import results_first

CALLS = Message(Role.ASSISTANT, (ToolCall("a", "f", "{}"), ToolCall("b", "f", "{}")))
FIRST = ToolResult("a", (Image(Inline("image/png", "aGk=")),))
SECOND = ToolResult("b", (Text("ok"),))
NOTE = Message(Role.SYSTEM, (Text("Note."),))


def user(*parts: Part) -> Message:
    return Message(Role.USER, parts)


def test_they_are_gathered_before_what_else_is_said() -> None:
    said = [NOTE, user(Text("Go.")), CALLS, user(FIRST), NOTE, user(SECOND, Text("And?"))]

    assert [*results_first([*said, CALLS, user(Text("x"))])] == [
        *said[:3],
        user(FIRST, SECOND),
        NOTE,
        user(Text("And?")),
        CALLS,
        user(Text("x")),
    ]


def test_all_else_keeps_its_place() -> None:
    for said in (
        [NOTE, user(SECOND)],
        [CALLS, user(SECOND, Text("And?"), FIRST)],
        [CALLS, NOTE, user(Text("x")), NOTE],
    ):
        assert [*results_first(said)] == said
