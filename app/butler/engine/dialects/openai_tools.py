"""Tools of OpenAI chat completions, and which of them is to be called.

A custom tool, which takes free text, becomes a function with one text as its argument.

Source: OpenAI API reference, "Chat Completions" (create: tools, tool_choice, functions).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from butler.engine.dialects.canonical import Choosing, Tool, ToolChoice
from butler.engine.dialects.members import as_flag, as_list, as_object, as_text, unreadable
from butler.engine.dialects.responses_tools import free_tool

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
        if (free := _free(given)) is not None:
            yield free
        elif kind != "function":
            left_out.append(f"the tool `{kind[:60]}`, which only its vendor runs")
        elif isinstance(function.get("name"), str):
            yield _tool(function, as_object(given.get("cache_control")))
        else:
            raise unreadable(f"tools[{place}]", "is no function")
    for function in as_list(data.get("functions")):
        if isinstance(function, dict) and isinstance(function.get("name"), str):
            yield _tool(function, None)


def custom_names(data: Object) -> frozenset[str]:
    """Return the names of a request's custom tools, whose calls are free text to its client."""
    tools = map(as_object, as_list(data.get("tools")))
    return frozenset(free.name for tool in tools if tool and (free := _free(tool)))


def _free(tool: Object) -> Tool | None:
    custom = as_object(tool.get("custom")) if tool.get("type") == "custom" else None
    name = as_text(custom.get("name")) if custom else None
    if custom is None or not name:
        return None
    form = as_object(custom.get("format")) or {}
    # The vendor's responses have the grammar in the format itself.
    grammar = as_object(form.get("grammar")) or form
    return free_tool(name, as_text(custom.get("description")), grammar)


def _tool(function: Object, cache: Object | None) -> Tool:
    return Tool(
        function["name"],
        as_object(function.get("parameters")) or {},
        as_text(function.get("description")),
        as_flag(function.get("strict")),
        cache,
    )


def _name_of(named: Object) -> str | None:
    inner = as_object(named.get("function")) or as_object(named.get("custom")) or named
    return as_text(inner.get("name"))


def _choice(choice: Any, functions: tuple[Tool, ...]) -> ToolChoice | None:
    """Return the choice; of a custom tool that is not there, none."""
    if isinstance(choice, str):
        return ToolChoice(_CHOICES.get(choice, Choosing.AUTO))
    wanted = as_object(choice) or {}
    name = _name_of(wanted)
    if wanted.get("type") == "custom" and all(tool.name != name for tool in functions):
        return None
    return None if name is None else ToolChoice(Choosing.NAMED, name)
