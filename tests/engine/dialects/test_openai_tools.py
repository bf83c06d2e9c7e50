"""Tools of chat completions: functions stay, what is none is told, choices are read."""

from typing import Any

import pytest

from butler.engine.dialects.canonical import Choosing, ToolChoice
from butler.engine.dialects.openai_tools import read_tools
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
    got = read_tools({"tools": [custom, function("a")], "tool_choice": custom})
    assert [tool.name for tool in got.functions] == ["a"]
    assert got.choice is None
    assert got.left_out == ("the tool `custom`, which only its vendor runs",)


@pytest.mark.parametrize("tool", [7, {"function": {}}, {"type": "function"}])
def test_what_is_no_tool_is_refused(tool: Any) -> None:
    with pytest.raises(ClientError, match="tools"):
        read_tools({"tools": [tool]})
