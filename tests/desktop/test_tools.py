"""What is written for each tool names this endpoint, the token, and nothing else that is secret."""

import pytest

from butler.desktop.tools import TOOLS, Tool


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.id)
def test_the_lines(tool: Tool) -> None:
    lines = tool.lines("http://localhost:8080", "sk-butler-x")
    assert "sk-butler-x" in lines
    anthropic = tool.id in {"claude_code", "anthropic"}
    assert ("http://localhost:8080/v1" in lines) is not anthropic
    assert "http://localhost:8080" in lines
