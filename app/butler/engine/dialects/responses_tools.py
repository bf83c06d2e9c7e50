"""Tools of OpenAI responses as functions that every dialect knows, and their names put back.

Functions in a namespace get its name as a prefix, and what it says of itself; a custom tool, which
takes free text, becomes a function with one text as its argument. What only the vendor can run is
left out, and told.

Source: OpenAI API reference, "Responses" (create: tools, tool_choice).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from butler.engine.dialects.canonical import Choosing, Tool, ToolChoice
from butler.engine.dialects.members import as_flag, as_list, as_object, as_text

Object = Mapping[str, Any]
INPUT = "input"
"""The one argument of a custom tool."""
_FREE_TEXT: Object = {
    "type": "object",
    "properties": {INPUT: {"type": "string"}},
    "required": [INPUT],
    "additionalProperties": False,
}
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9_-]")
_LONGEST_NAME = 64
_DIGEST_CHARS = 8
_CHOICES = {
    "auto": Choosing.AUTO,
    "none": Choosing.NONE,
    "required": Choosing.REQUIRED,
}


@dataclass(frozen=True, slots=True)
class Declared:
    """A tool as a function, and what its client calls it."""

    tool: Tool
    name: str
    namespace: str | None = None
    custom: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """All tools of a request by the names of their functions; `left_out` says what is no tool."""

    by_name: Mapping[str, Declared]
    choice: ToolChoice | None
    left_out: tuple[str, ...]


def read_tools(data: Object) -> Tools:
    """Read the tools of a request, wherever they are declared, and which of them is to be used."""
    left_out: dict[str, None] = {}
    by_name: dict[str, Declared] = {}
    for tool in _declared(data):
        found = list(_functions(tool, None))
        by_name |= {one.tool.name: one for one in found}
        if not found:
            left_out[f"the tool `{tool.get('type')}`, which only its vendor runs"] = None
    choice = data.get("tool_choice")
    allowed = as_object(choice)
    if allowed is not None and allowed.get("type") == "allowed_tools":
        names = {_named(as_object(one) or {}) for one in as_list(allowed.get("tools"))}
        by_name = {name: one for name, one in by_name.items() if name in names}
        choice = allowed.get("mode")
    return Tools(by_name, _choice(choice, by_name), tuple(left_out))


def flat_name(namespace: str | None, name: str) -> str:
    """Return a name that every vendor takes for a function; the same one every time."""
    whole = name if namespace is None else f"{namespace}__{name}"
    flat = _NOT_IN_NAMES.sub("_", whole)
    if len(flat) <= _LONGEST_NAME:
        return flat
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARS]
    return f"{flat[: _LONGEST_NAME - _DIGEST_CHARS - 1]}_{digest}"


def free_text(arguments: str) -> str:
    """Return the one text in a custom tool's arguments; a model may have written it bare.

    Of arguments that break off, it is what there is of it.
    """
    for whole in (arguments, f'{arguments}"}}'):
        try:
            given = orjson.loads(whole)
        except orjson.JSONDecodeError:
            continue
        text = given.get(INPUT) if isinstance(given, dict) else given
        if isinstance(text, str):
            return text
    return arguments


def free_tool(name: str, description: str | None, grammar: Object) -> Tool:
    """Return a custom tool as a function; `grammar` is what its text must follow, if anything."""
    return Tool(name, _FREE_TEXT, _with_grammar(description, grammar))


def _declared(data: Object) -> Iterator[Object]:
    """Yield the tools that stand beside the input, then those in the midst of it."""
    items = (as_object(item) or {} for item in as_list(data.get("input")))
    added = (item.get("tools") for item in items if item.get("type") == "additional_tools")
    for tools in (data.get("tools"), *added):
        yield from (tool for tool in as_list(tools) if isinstance(tool, dict))


def _functions(tool: Object, space: Object | None) -> Iterator[Declared]:
    if tool.get("type") == "namespace":
        for one in as_list(tool.get("tools")):
            yield from _functions(as_object(one) or {}, tool)
        return
    namespace = as_text(space.get("name")) if space else None
    # Some clients write functions as chat completions do.
    said = as_object(tool.get("function")) or tool
    name = as_text(said.get("name"))
    if not name or tool.get("type", "function") not in ("function", "custom"):
        return
    flat = flat_name(namespace, name)
    about_all = as_text(space.get("description")) if space else None
    description = _together(about_all, as_text(said.get("description")))
    if tool.get("type") == "custom":
        free = free_tool(flat, description, as_object(tool.get("format")) or {})
        yield Declared(free, name, namespace, custom=True)
        return
    schema = as_object(said.get("parameters")) or {}
    function = Tool(flat, schema, description, as_flag(said.get("strict")))
    yield Declared(function, name, namespace)


def _with_grammar(description: str | None, grammar: Object) -> str | None:
    definition = as_text(grammar.get("definition"))
    if definition is None:
        return description
    syntax = as_text(grammar.get("syntax")) or "given"
    return _together(description, f"`{INPUT}` must follow this {syntax} grammar:\n{definition}")


def _together(*words: str | None) -> str | None:
    return "\n\n".join(said for said in words if said) or None


def _named(choice: Object) -> str:
    function = as_object(choice.get("function")) or choice
    return flat_name(as_text(choice.get("namespace")), as_text(function.get("name")) or "")


def _choice(choice: Any, by_name: Mapping[str, Declared]) -> ToolChoice | None:
    """Return the choice; one of a tool that is not there is the model's own."""
    if isinstance(choice, str):
        return ToolChoice(_CHOICES.get(choice, Choosing.AUTO))
    wanted = as_object(choice)
    if wanted is None:
        return None
    name = _named(wanted)
    return ToolChoice(Choosing.NAMED, name) if name in by_name else ToolChoice(Choosing.AUTO)
