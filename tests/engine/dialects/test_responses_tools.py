"""Tools of responses, side by side with the functions that they become."""

from typing import Any

import pytest

from butler.engine.dialects.canonical import Choosing, ToolChoice
from butler.engine.dialects.responses_tools import flat_name, read_tools

FUNCTION = {"type": "function", "name": "f", "description": "d", "parameters": {"type": "object"}}
CUSTOM = {
    "type": "custom",
    "name": "exec",
    "format": {"type": "grammar", "syntax": "lark", "definition": "start: A"},
}


def test_a_function_stays_one() -> None:
    for written in (FUNCTION, {"type": "function", "function": FUNCTION}):
        one = read_tools({"tools": [{**written, "strict": True}]}).by_name["f"]
        assert (one.tool.name, one.tool.description, one.name) == ("f", "d", "f")
        assert one.tool.schema == {"type": "object"}


def test_a_custom_tool_takes_one_text() -> None:
    one = read_tools({"tools": [CUSTOM]}).by_name["exec"]
    assert one.custom
    assert one.tool.schema["required"] == ["input"]
    assert "start: A" in (one.tool.description or "")


def test_a_namespace_is_a_prefix_wherever_it_is_declared() -> None:
    space = {"type": "namespace", "name": "space", "tools": [FUNCTION, CUSTOM]}
    added = {"type": "additional_tools", "tools": [space]}
    for data in ({"tools": [space]}, {"input": [added]}):
        found = read_tools(data).by_name
        assert {name: (it.namespace, it.name) for name, it in found.items()} == {
            "space__f": ("space", "f"),
            "space__exec": ("space", "exec"),
        }


def test_what_a_namespace_says_of_itself_is_said_of_all_that_is_in_it() -> None:
    bare = {"type": "function", "name": "g"}
    tools = [{**FUNCTION, "description": "Does f."}, bare]
    space = {"type": "namespace", "name": "space", "description": "Of space.", "tools": tools}
    found = read_tools({"tools": [space, FUNCTION]}).by_name
    described = {name: one.tool.description for name, one in found.items()}
    assert described["space__f"] == "Of space.\n\nDoes f."
    assert described["space__g"] == "Of space."
    assert described["f"] == FUNCTION.get("description")


def test_what_only_the_vendor_runs_is_left_out_and_told() -> None:
    tools = read_tools({"tools": [{"type": "web_search"}, {"type": "web_search"}, FUNCTION]})
    assert list(tools.by_name) == ["f"]
    assert tools.left_out == ("the tool `web_search`, which only its vendor runs",)


@pytest.mark.parametrize(
    ("choice", "read"),
    [
        (None, None),
        ("auto", ToolChoice(Choosing.AUTO)),
        ("none", ToolChoice(Choosing.NONE)),
        ("required", ToolChoice(Choosing.REQUIRED)),
        ({"type": "function", "name": "f"}, ToolChoice(Choosing.NAMED, "f")),
        ({"type": "custom", "name": "exec"}, ToolChoice(Choosing.NAMED, "exec")),
        ({"type": "web_search"}, ToolChoice(Choosing.AUTO)),
    ],
    ids=str,
)
def test_the_choice(choice: Any, read: ToolChoice | None) -> None:
    assert read_tools({"tools": [FUNCTION, CUSTOM], "tool_choice": choice}).choice == read


def test_only_the_allowed_tools_are_there() -> None:
    allowed = {"type": "allowed_tools", "mode": "required", "tools": [{"name": "f"}]}
    tools = read_tools({"tools": [FUNCTION, CUSTOM], "tool_choice": allowed})
    assert list(tools.by_name) == ["f"]
    assert tools.choice == ToolChoice(Choosing.REQUIRED)


def test_names_are_such_as_every_vendor_takes() -> None:
    assert flat_name("a.b", "c d") == "a_b__c_d"
    long = flat_name("n" * 60, "m" * 60)
    assert len(long) == 64
    assert long != flat_name("n" * 60, "m" * 61)
