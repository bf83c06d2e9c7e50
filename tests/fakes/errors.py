"""The vendor's error body, and the exception that carries it to the socket."""

from typing import Any

INVALID_REQUEST = "invalid_request_error"


def error_body(
    message: str, kind: str = INVALID_REQUEST, param: str | None = None, code: str | None = None
) -> dict[str, Any]:
    """The published shape: `{"error": {"message", "type", "param", "code"}}`."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


class VendorError(Exception):
    """A request that the vendor refuses before any model sees it."""

    def __init__(
        self, status: int, message: str, *, param: str | None = None, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.param = param
        self.code = code


def bad_request(message: str, param: str | None = None, code: str | None = None) -> VendorError:
    """A 400 with the place of the mistake."""
    return VendorError(400, message, param=param, code=code)
