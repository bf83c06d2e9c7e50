"""Turns that the vendor of contents takes: known parts, answered calls, signatures of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.errors import bad_request
from tests.fakes.gemini_message import SIGNATURE

_DATA = (
    *("text", "inlineData", "fileData", "functionCall", "functionResponse"),
    *("executableCode", "codeExecutionResult", "toolCall", "toolResponse"),
)
_BESIDE = ("thought", "thoughtSignature", "videoMetadata", "mediaResolution", "partMetadata")
_SKIP = "skip_thought_signature_validator"
Part = Mapping[str, Any]


def check_contents(contents: Any, *, signed: bool) -> None:
    """Raise VendorError for contents that the vendor would not take."""
    if not isinstance(contents, list) or not contents:
        raise bad_request("contents is not specified")
    calls: Sequence[Part] = ()
    for content in contents:
        if content.get("role", "user") not in ("user", "model"):
            raise bad_request("Please use a valid role: user, model.")
        parts = content.get("parts")
        if not parts:
            raise bad_request("Unable to submit request because it must have a parts field.")
        for part in parts:
            _check_part(part)
        _check_results(parts, calls)
        calls = [part for part in parts if "functionCall" in part]
        if signed and calls and "thoughtSignature" not in calls[0]:
            raise bad_request("Function call is missing a thought_signature in functionCall parts.")


def _check_part(part: Part) -> None:
    for name in part:
        if name not in (*_DATA, *_BESIDE):
            raise bad_request(f'Invalid JSON payload received. Unknown name "{name}".')
    if sum(name in part for name in _DATA) != 1:
        raise bad_request("required oneof field 'data' must have one initialized field")
    signature = part.get("thoughtSignature", SIGNATURE)
    if signature.replace("-", "+").replace("_", "/") not in (SIGNATURE, _SKIP.replace("_", "/")):
        raise bad_request("Corrupted thought signature.")
    if "functionCall" in part and not isinstance(part["functionCall"].get("args", {}), dict):
        raise bad_request("Invalid value at 'function_call.args'.")
    answer = part.get("functionResponse")
    if answer is not None and not isinstance(answer.get("response"), dict):
        raise bad_request("Invalid value at 'function_response.response'.")


def _check_results(parts: Sequence[Part], calls: Sequence[Part]) -> None:
    answers = [part["functionResponse"]["name"] for part in parts if "functionResponse" in part]
    names = [call["functionCall"]["name"] for call in calls]
    if answers and not names:
        raise bad_request(
            "Please ensure that function response turn comes immediately after a function call "
            "turn."
        )
    if sorted(answers) != sorted(names):
        raise bad_request(
            "Please ensure that the number of function response parts is equal to the number of "
            "function call parts of the function call turn."
        )
