"""Tools of chat completions: functions stay, what is none is told, choices are read."""

from typing import Any

import pytest

from butler.engine.dialects.canonical import Choosing, ToolChoice
from butler.engine.dialects.openai_tools import custom_names, read_tools
from butler.engine.errors import ClientError


def function(name: str) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "parameters": {"type": "object"}}}


def test_only_the_allowed_tools_are_given() -> None:
    choice = {
        "type": "allowed_tools",
        "allowed_tools": {"mode": "required", "tools": [function("b")]},
    }
    got = read_tools({"tools": [function("a"), function("b")], "tool_choice": choice})
    assert [tool.name for tool in got.functions] == ["b"]
    assert got.choice == ToolChoice(Choosing.REQUIRED)


def test_what_is_no_function_is_told() -> None:
    custom = {"type": "custom", "custom": {"name": "c"}}
    got = read_tools({"tools": [{"type": "mcp"}, function("a")], "tool_choice": custom})
    assert [tool.name for tool in got.functions] == ["a"]
    assert got.choice is None
    assert got.left_out == ("the tool `mcp`, which only its vendor runs",)


def test_a_custom_tool_is_a_function_of_one_text() -> None:
    grammar = {"syntax": "regex", "definition": "a+"}
    forms = ({"type": "grammar", "grammar": grammar}, {"type": "grammar", **grammar})
    for form in forms:
        custom = {"type": "custom", "custom": {"name": "c", "format": form}}
        data = {"tools": [custom, function("a")], "tool_choice": custom}
        got = read_tools(data)
        assert [tool.name for tool in got.functions] == ["c", "a"]
        assert "regex grammar:\na+" in (got.functions[0].description or "")
        assert got.functions[0].schema["required"] == ["input"]
        assert got.choice == ToolChoice(Choosing.NAMED, "c")
        assert custom_names(data) == {"c"}


def test_a_custom_tool_without_a_name_is_none() -> None:
    assert read_tools({"tools": [{"type": "custom", "custom": {}}]}).functions == ()


@pytest.mark.parametrize("tool", [7, {"function": {}}, {"type": "function"}])
def test_what_is_no_tool_is_refused(tool: Any) -> None:
    with pytest.raises(ClientError, match="tools"):
        read_tools({"tools": [tool]})
