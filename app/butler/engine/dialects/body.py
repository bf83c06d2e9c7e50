"""What every chat dialect's requests have in common: an object, a model's name, messages."""

from typing import Any

import orjson

from butler.engine.errors import ClientError


def parse_object(body: bytes) -> dict[str, Any]:
    """Parse a request's body; raises ClientError where it is no object, or names no model."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ClientError(400, "invalid_json", f"The body is not valid JSON: {error}.") from None
    if not isinstance(data, dict):
        raise ClientError(400, "invalid_json", "The body must be a JSON object.")
    model = data.get("model")
    if model is not None and not isinstance(model, str):
        raise ClientError(400, "invalid_type", "`model` must be a string.", param="model")
    return data


def read_object(body: bytes) -> dict[str, Any]:
    """Parse a body with messages; raises ClientError where it is no such request."""
    data = parse_object(body)
    messages = data.get("messages")
    if not isinstance(messages, list) or not messages:
        raise ClientError(
            400,
            "missing_required_parameter" if messages is None else "invalid_type",
            "`messages` must be a list with at least one message.",
            param="messages",
        )
    return data
