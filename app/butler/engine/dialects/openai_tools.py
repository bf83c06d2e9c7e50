"""Tools of OpenAI chat completions, and which of them is to be called.

Source: OpenAI API reference, "Chat Completions" (create: tools, tool_choice, functions).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.dialects.canonical import Choosing, Tool, ToolChoice
from butler.engine.dialects.members import as_flag, as_list, as_object, as_text, unreadable

Object = Mapping[str, Any]
_CHOICES = {
    "auto": Choosing.AUTO,
    "none": Choosing.NONE,
    "required": Choosing.REQUIRED,
    "any": Choosing.REQUIRED,
}


@dataclass(frozen=True, slots=True)
class Tools:
    """The functions that may be called, which one is to be, and what is no function."""

    functions: tuple[Tool, ...]
    choice: ToolChoice | None
    left_out: tuple[str, ...]


def read_tools(data: Object) -> Tools:
    """Read the tools of a request; raises ClientError for what is no tool at all."""
    left_out: list[str] = []
    functions = tuple(_functions(data, left_out))
    choice = data.get("tool_choice", data.get("function_call"))
    allowed = as_object(choice) or {}
    if allowed.get("type") == "allowed_tools":
        among = as_object(allowed.get("allowed_tools")) or {}
        names = {_name_of(as_object(tool) or {}) for tool in as_list(among.get("tools"))}
        functions = tuple(tool for tool in functions if tool.name in names)
        choice = among.get("mode")
    return Tools(functions, _choice(choice, functions), tuple(left_out))


def _functions(data: Object, left_out: list[str]) -> Iterator[Tool]:
    for place, tool in enumerate(as_list(data.get("tools"))):
        given = as_object(tool) or {}
        function = as_object(given.get("function")) or {}
        kind = as_text(given.get("type")) or "function"
        if kind != "function":
            left_out.append(f"the tool `{kind[:60]}`, which only its vendor runs")
        elif isinstance(function.get("name"), str):
            yield _tool(function, as_object(given.get("cache_control")))
        else:
            raise unreadable(f"tools[{place}]", "is no function")
    for function in as_list(data.get("functions")):
        if isinstance(function, dict) and isinstance(function.get("name"), str):
            yield _tool(function, None)


def _tool(function: Object, cache: Object | None) -> Tool:
    return Tool(
        function["name"],
        as_object(function.get("parameters")) or {},
        as_text(function.get("description")),
        as_flag(function.get("strict")),
        cache,
    )


def _name_of(named: Object) -> str | None:
    return as_text((as_object(named.get("function")) or named).get("name"))


def _choice(choice: Any, functions: tuple[Tool, ...]) -> ToolChoice | None:
    """Return the choice; of a tool that was left out there is none."""
    if isinstance(choice, str):
        return ToolChoice(_CHOICES.get(choice, Choosing.AUTO))
    wanted = as_object(choice) or {}
    if wanted.get("type") == "custom":
        return None
    name = _name_of(wanted)
    return None if name is None else ToolChoice(Choosing.NAMED, name)
