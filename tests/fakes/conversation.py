"""The vendor's rules for `messages`: roles, content, and tool results after their calls."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.errors import VendorError, bad_request

_ROLES = ("system", "assistant", "user", "function", "tool", "developer")
_PARTS = ("text", "image_url", "input_audio", "refusal", "file")
_MISSING = "missing_required_parameter"


def check_messages(messages: object) -> None:
    """Raise VendorError unless the conversation is one that the vendor accepts."""
    if messages is None:
        raise bad_request("Missing required parameter: 'messages'.", "messages", _MISSING)
    if not isinstance(messages, list):
        raise bad_request("Invalid type for 'messages'.", "messages", "invalid_type")
    if not messages:
        raise bad_request("Invalid 'messages': the array is empty.", "messages", "empty_array")
    for place, message in enumerate(messages):
        _check_role(message, place)
        _check_content(message, place)
    _check_tool_results(messages)


def _check_role(message: object, place: int) -> None:
    name = f"messages[{place}]"
    if not isinstance(message, dict):
        raise bad_request(f"Invalid type for '{name}'.", name, "invalid_type")
    if "role" not in message:
        raise bad_request(f"Missing required parameter: '{name}.role'.", f"{name}.role", _MISSING)
    if message["role"] not in _ROLES:
        problem = f"Invalid value: '{message['role']}'. Supported values are: {', '.join(_ROLES)}."
        raise bad_request(problem, f"{name}.role", "invalid_value")


def _check_content(message: Mapping[str, Any], place: int) -> None:
    name = f"messages[{place}].content"
    content = message.get("content")
    if content is None:
        if message["role"] == "assistant" and (message.get("tool_calls") or "refusal" in message):
            return
        raise bad_request("Invalid value for 'content': expected a string, got null.", name)
    if isinstance(content, str):
        return
    if not isinstance(content, list):
        raise bad_request(f"Invalid type for '{name}'.", name, "invalid_type")
    for index, part in enumerate(content):
        if not isinstance(part, dict) or part.get("type") not in _PARTS:
            where = f"{name}[{index}].type"
            raise bad_request(f"Invalid value for '{where}'.", where, "invalid_value")


def _check_tool_results(messages: list[dict[str, Any]]) -> None:
    """Every call is answered at once, and every answer has its call."""
    open_ids: set[str] = set()
    answering = False
    for place, message in enumerate(messages):
        if message["role"] == "tool":
            call_id = message.get("tool_call_id")
            if not isinstance(call_id, str):
                problem = "Missing parameter 'tool_call_id' in a message with role 'tool'."
                raise bad_request(problem, f"messages.[{place}].tool_call_id")
            if not answering or call_id not in open_ids:
                raise _no_preceding_call(place)
            open_ids.discard(call_id)
            continue
        if open_ids:
            raise _unanswered(open_ids, place)
        calls = message.get("tool_calls") or ()
        answering = bool(calls)
        open_ids = {call["id"] for call in calls}
    if open_ids:
        raise _unanswered(open_ids, len(messages))


def _no_preceding_call(place: int) -> VendorError:
    problem = "A message with role 'tool' must respond to a preceding message with 'tool_calls'."
    return bad_request(problem, f"messages.[{place}].role")


def _unanswered(call_ids: set[str], place: int) -> VendorError:
    problem = f"These tool_call_ids have no response messages: {', '.join(sorted(call_ids))}"
    return bad_request(problem, f"messages.[{place}].role")
