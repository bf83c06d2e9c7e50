"""The vendor's rules for the input of responses: items, their parts, ids, calls and results."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.errors import VendorError, bad_request

Object = Mapping[str, Any]
_ROLES = ("user", "assistant", "system", "developer")
_PARTS = {
    "input_text": ("text",),
    "input_image": ("image_url", "file_id"),
    "input_file": ("file_data", "file_url", "file_id"),
    "output_text": ("text",),
    "refusal": ("refusal",),
}
_GIVEN = ("input_text", "input_image", "input_file")
_SAID = ("output_text", "refusal")
_PREFIXES = {
    "message": "msg",
    "function_call": "fc",
    "custom_tool_call": "ctc",
    "reasoning": "rs",
    "compaction": "cmp",
    "web_search_call": "ws",
}
_CALLS = ("function_call", "custom_tool_call")
_RESULTS = ("function_call_output", "custom_tool_call_output")
_OTHERS = ("item_reference", "compaction_trigger", "additional_tools")
SEAL = "gAAAA-"


def sealed_by(model: str) -> str:
    """What a model's sealed thought looks like; no other model can open it."""
    return SEAL + model


def check_input(body: Object) -> None:
    """Raise VendorError unless the input is one that the vendor accepts."""
    kept = body.get("previous_response_id")
    if kept is not None and not str(kept).startswith("resp_"):
        raise bad_request("Previous response not found.", code="previous_response_not_found")
    given = body.get("input")
    if given is None and kept is not None:
        return
    if isinstance(given, str):
        return
    if not isinstance(given, list) or not given:
        raise bad_request("Missing required parameter: 'input'.", "input")
    for place, item in enumerate(given):
        _check_item(item, f"input[{place}]", body["model"])
    _check_calls(given, is_whole=kept is None)


def _check_item(item: Any, where: str, model: str) -> None:
    if not isinstance(item, dict):
        raise bad_request(f"Invalid type for '{where}'.", where, "invalid_type")
    kind = item.get("type", "message")
    if kind not in (*_PREFIXES, *_RESULTS, *_OTHERS):
        raise bad_request(f"Invalid value: '{kind}'.", f"{where}.type", "invalid_value")
    prefix = _PREFIXES.get(kind)
    if "id" in item and prefix and not str(item["id"]).startswith(prefix):
        problem = f"Invalid '{where}.id': '{item['id']}'. Expected an ID that begins with {prefix}."
        raise bad_request(problem, f"{where}.id", "invalid_value")
    if kind == "message":
        _check_message(item, where)
    elif kind in (*_CALLS, *_RESULTS):
        _check_strings(item, where, "call_id")
        if kind in _CALLS:
            _check_strings(item, where, "name", "arguments" if kind == _CALLS[0] else "input")
        elif not isinstance(item.get("output"), str):
            _check_parts(item.get("output"), _GIVEN, f"{where}.output")
    elif kind == "reasoning":
        _check_reasoning(item, model)


def _check_message(item: Object, where: str) -> None:
    if item.get("role") not in _ROLES:
        raise bad_request(f"Invalid value: '{item.get('role')}'.", f"{where}.role")
    if not isinstance(item.get("content"), str):
        allowed = _SAID if item["role"] == "assistant" else _GIVEN
        _check_parts(item.get("content"), allowed, f"{where}.content")


def _check_parts(parts: Any, allowed: Sequence[str], where: str) -> None:
    if not isinstance(parts, list):
        raise bad_request(f"Invalid type for '{where}'.", where, "invalid_type")
    for place, part in enumerate(parts):
        kind = part.get("type")
        if kind not in allowed:
            problem = f"Invalid value: '{kind}'. Supported values are: {', '.join(allowed)}."
            raise bad_request(problem, f"{where}[{place}].type", "invalid_value")
        if not any(isinstance(part.get(name), str) for name in _PARTS[kind]):
            raise bad_request(f"Missing required parameter: '{where}[{place}]'.", where)


def _check_strings(item: Object, where: str, *names: str) -> None:
    for name in names:
        if not isinstance(item.get(name), str):
            problem = f"Missing required parameter: '{where}.{name}'."
            raise bad_request(problem, f"{where}.{name}", "missing_required_parameter")
    if not item["call_id"] or len(item["call_id"]) > 64:
        raise bad_request(f"Invalid '{where}.call_id'.", f"{where}.call_id")


def _check_reasoning(item: Object, model: str) -> None:
    sealed = item.get("encrypted_content")
    if not isinstance(item.get("summary"), list):
        raise bad_request("Missing required parameter: 'summary'.", "input")
    if sealed is None:
        message = f"Item with id '{item.get('id')}' not found: items are not kept without 'store'."
        raise VendorError(404, message, param="input")
    if sealed != sealed_by(model):
        message = "The encrypted content could not be verified."
        raise bad_request(message, code="invalid_encrypted_content")


def _check_calls(items: Sequence[Object], *, is_whole: bool) -> None:
    """Every result has its call before it, every call its result, and its thought where numbered.

    A call with an id of this vendor's, made after a thought, may not come without it.
    """
    called: set[str] = set()
    answered: set[str] = set()
    thought = False
    for item in items:
        kind = item.get("type")
        thought = thought or kind == "reasoning"
        if kind in _CALLS:
            called.add(item["call_id"])
            if "_thought" in str(item.get("id")) and not thought:
                raise bad_request("A 'function_call' came without its required 'reasoning' item.")
        elif kind in _RESULTS:
            if is_whole and item["call_id"] not in called:
                problem = f"No tool call found for function call output {item['call_id']}."
                raise bad_request(problem, "input")
            answered.add(item["call_id"])
    if missing := called - answered:
        raise bad_request(f"No tool output found for function call {missing.pop()}.", "input")
