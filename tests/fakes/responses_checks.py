"""What the vendor of responses refuses: a request that breaks its schema or its limits.

Written from the published API reference; params and codes are the vendor's, the sentences ours.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tests.fakes.checks import Ask, model_not_found
from tests.fakes.errors import bad_request
from tests.fakes.responses_input import check_input

Object = Mapping[str, Any]
_KNOWN = frozenset(
    """background client_metadata context_management conversation include input instructions
    max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls
    previous_response_id prompt
    prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier
    service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p
    truncation user""".split()
)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "stream": (bool,),
    "store": (bool,),
    "parallel_tool_calls": (bool,),
    "temperature": (int, float),
    "top_p": (int, float),
    "top_logprobs": (int,),
    "max_output_tokens": (int,),
    "tools": (list,),
    "include": (list,),
    "text": (dict,),
    "reasoning": (dict,),
    "tool_choice": (str, dict),
    "instructions": (str,),
    "prompt_cache_key": (str,),
    "safety_identifier": (str,),
    "user": (str,),
}
_LEAST_TOKENS = 16
_TOOLS = frozenset(
    """function custom namespace web_search web_search_preview file_search code_interpreter mcp
    image_generation computer local_shell shell apply_patch tool_search""".split()
)
_INCLUDES = frozenset(
    """reasoning.encrypted_content message.output_text.logprobs file_search_call.results
    web_search_call.action.sources code_interpreter_call.outputs message.input_image.image_url
    computer_call_output.output.image_url""".split()
)
_EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh")
_THOUGHTLESS = ("gpt-4",)
"""Models that do not think: they refuse to be told how to, and to seal what they thought."""
_UNHEATED = ("gpt-5", "o3", "o4")
"""Models without sampling."""


def read_ask(raw: bytes, models: Collection[str]) -> Ask:
    """Check a request and return what it asks for, or raise VendorError."""
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise bad_request("The JSON body of the request could not be parsed.") from error
    if not isinstance(body, dict):
        raise bad_request("The JSON body of the request is not an object.")
    for name in body:
        if name not in _KNOWN:
            raise bad_request(f"Unknown parameter: '{name}'.", name, "unknown_parameter")
    if not isinstance(body.get("model"), str):
        raise bad_request("Missing required parameter: 'model'.", "model")
    _check_types(body)
    if body["model"] not in models:
        raise model_not_found(body["model"])
    _check_tools(body)
    _check_text(body.get("text") or {})
    _check_model(body)
    check_input(body)
    return Ask(body["model"], body.get("stream") is True, include_usage=True)


def _check_types(body: Object) -> None:
    for name, allowed in _TYPES.items():
        value = body.get(name)
        mistaken_bool = isinstance(value, bool) and bool not in allowed
        if value is not None and (mistaken_bool or not isinstance(value, allowed)):
            raise bad_request(f"Invalid type for '{name}'.", name, "invalid_type")
    limit = body.get("max_output_tokens")
    if limit is not None and limit < _LEAST_TOKENS:
        problem = f"Invalid 'max_output_tokens': expected a value >= {_LEAST_TOKENS}."
        raise bad_request(problem, "max_output_tokens", "integer_below_min_value")
    for name in ("prompt_cache_key", "safety_identifier"):
        if len(body.get(name) or "") > 64:
            problem = f"Invalid '{name}': string too long."
            raise bad_request(problem, name, "string_above_max_length")


def _check_tools(body: Object) -> None:
    names = set()
    for place, tool in enumerate(body.get("tools") or ()):
        where = f"tools[{place}]"
        if tool.get("type") not in _TOOLS:
            raise bad_request(f"Invalid value: '{tool.get('type')}'.", f"{where}.type")
        if tool["type"] in ("function", "custom", "namespace"):
            if not isinstance(tool.get("name"), str):
                raise _missing(f"{where}.name")
            names.add(tool["name"])
        if tool["type"] == "function" and tool.get("parameters", {}).get("type") != "object":
            raise bad_request(f"Invalid schema for function '{tool['name']}'.", where)
    choice = body.get("tool_choice")
    named = isinstance(choice, dict) and choice.get("type") in ("function", "custom")
    if named and choice.get("name") not in names:
        problem = f"Tool choice '{choice.get('name')}' not found in 'tools' parameter."
        raise bad_request(problem, "tool_choice")
    if isinstance(choice, str) and choice not in ("auto", "none", "required"):
        raise bad_request(f"Invalid value: '{choice}'.", "tool_choice", "invalid_value")


def _check_text(text: Object) -> None:
    for name in text:
        if name not in ("format", "verbosity"):
            raise bad_request(f"Unknown parameter: 'text.{name}'.", code="unknown_parameter")
    if text.get("verbosity") not in (None, "low", "medium", "high"):
        raise bad_request("Invalid value.", "text.verbosity", "invalid_value")
    wanted = text.get("format") or {"type": "text"}
    if wanted.get("type") not in ("text", "json_object", "json_schema"):
        raise bad_request("Invalid value.", "text.format.type", "invalid_value")
    if wanted["type"] == "json_schema":
        for name in ("name", "schema"):
            if not wanted.get(name):
                raise _missing(f"text.format.{name}")


def _check_model(body: Object) -> None:
    """What some models refuse: to be heated, to be told to think, to seal what they thought."""
    include: Sequence[str] = body.get("include") or ()
    for name in include:
        if name not in _INCLUDES:
            raise bad_request(f"Invalid value: '{name}'.", "include", "invalid_value")
    effort = (body.get("reasoning") or {}).get("effort")
    if effort is not None and effort not in _EFFORTS:
        raise bad_request(f"Invalid value: '{effort}'.", "reasoning.effort", "invalid_value")
    if body["model"].startswith(_THOUGHTLESS):
        if effort is not None:
            raise _unsupported("reasoning.effort")
        if "reasoning.encrypted_content" in include:
            raise bad_request("Encrypted content is not supported with this model.", "include")
    if body["model"].startswith(_UNHEATED):
        for name in ("temperature", "top_p", "top_logprobs"):
            if body.get(name) is not None:
                raise _unsupported(name)


def _missing(where: str) -> Exception:
    message = f"Missing required parameter: '{where}'."
    return bad_request(message, where, "missing_required_parameter")


def _unsupported(name: str) -> Exception:
    message = f"Unsupported parameter: '{name}' is not supported with this model."
    return bad_request(message, name, "unsupported_parameter")
