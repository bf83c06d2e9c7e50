"""What the vendor refuses: wrong keys, unknown models, and requests that break its schema.

Written from the published API reference; types, params and codes are the vendor's, the
sentences are ours.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.conversation import check_messages
from tests.fakes.errors import VendorError, bad_request

_TYPES: Mapping[str, tuple[type, ...]] = {
    "stream": (bool,),
    "stream_options": (dict,),
    "temperature": (int, float),
    "top_p": (int, float),
    "n": (int,),
    "max_tokens": (int,),
    "max_completion_tokens": (int,),
    "parallel_tool_calls": (bool,),
    "tools": (list,),
    "tool_choice": (str, dict),
    "response_format": (dict,),
    "metadata": (dict,),
    "reasoning_effort": (str,),
    "user": (str,),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What a valid request asks for, as far as the reply depends on it."""

    model: str
    stream: bool = False
    include_usage: bool = False
    choices: int = 1


def check_key(authorization: str | None, key: str) -> None:
    """Raise the vendor's 401 unless the header is `Bearer` and the right key."""
    scheme, _, given = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not given:
        raise VendorError(401, "No API key was provided in an Authorization header.")
    if given != key:
        message = f"Incorrect API key provided: {given[:3]}***."
        raise VendorError(401, message, code="invalid_api_key")


def model_not_found(model: str) -> VendorError:
    """The 404 for a model that the key can not use."""
    message = f"The model `{model}` does not exist or you do not have access to it."
    return VendorError(404, message, code="model_not_found")


def read_ask(raw: bytes, models: Collection[str]) -> Ask:
    """Check a chat completion request and return what it asks for, or raise VendorError."""
    body = _read_object(raw)
    if "model" not in body:
        raise bad_request("you must provide a model parameter")
    _check_types(body)
    _check_together(body)
    check_messages(body.get("messages"))
    _check_tools(body)
    if body["model"] not in models:
        raise model_not_found(body["model"])
    options = body.get("stream_options") or {}
    return Ask(
        model=body["model"],
        stream=body.get("stream") is True,
        include_usage=options.get("include_usage") is True,
        choices=body.get("n") or 1,
    )


def _read_object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise bad_request("The JSON body of the request could not be parsed.") from error
    if not isinstance(body, dict):
        raise bad_request("The JSON body of the request is not an object.")
    return body


def _check_types(body: Mapping[str, Any]) -> None:
    if not isinstance(body["model"], str):
        raise _wrong_type("model")
    for name, allowed in _TYPES.items():
        value = body.get(name)
        # bool is an int in Python, not in JSON.
        mistaken_bool = isinstance(value, bool) and bool not in allowed
        if value is not None and (mistaken_bool or not isinstance(value, allowed)):
            raise _wrong_type(name)


def _check_together(body: Mapping[str, Any]) -> None:
    """Parameters that are allowed only with, or only without, another one."""
    if body.get("stream_options") is not None and not body.get("stream"):
        raise bad_request("'stream_options' is only allowed with 'stream'.", "stream_options")
    if body.get("max_tokens") is not None and body.get("max_completion_tokens") is not None:
        raise bad_request("'max_tokens' and 'max_completion_tokens' can not both be set.")
    for name in ("tool_choice", "parallel_tool_calls"):
        if body.get(name) is not None and body.get("tools") is None:
            raise bad_request(f"'{name}' is only allowed when 'tools' are specified.", name)


def _check_tools(body: Mapping[str, Any]) -> None:
    tools = body.get("tools")
    if tools is None:
        return
    if not tools:
        raise bad_request("Invalid 'tools': the array is empty.", "tools", "empty_array")
    for place, tool in enumerate(tools):
        name = f"tools[{place}]"
        if not isinstance(tool, dict) or tool.get("type") not in ("function", "custom"):
            raise bad_request(f"Invalid value for '{name}.type'.", f"{name}.type", "invalid_value")
        if not isinstance(tool.get(tool["type"], {}).get("name"), str):
            where = f"{name}.{tool['type']}.name"
            raise bad_request(f"Missing '{where}'.", where, "missing_required_parameter")


def _wrong_type(name: str) -> VendorError:
    return bad_request(f"Invalid type for '{name}'.", name, "invalid_type")
