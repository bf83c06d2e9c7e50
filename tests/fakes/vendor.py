"""What makes an upstream this vendor's and not another's: its rules and its wire format.

The behaviours (answers, faults) are the same for every vendor: whatever is scripted once can be
played on each.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from tests.fakes.completion import Body


class Ask(Protocol):
    """What a valid request asks for, as far as the reply depends on it."""

    @property
    def model(self) -> str: ...

    @property
    def stream(self) -> bool: ...


class Vendor(Protocol):
    """One vendor's rules and wire format."""

    @property
    def path(self) -> str:
        """Where completions are asked for, below the root."""

    def check_head(self, headers: Mapping[str, str], key: str) -> None:
        """Raise VendorError for a wrong key, or a header that is missing."""

    def read_ask(self, raw: bytes, models: Collection[str]) -> Any:
        """Check a request and return what it asks for, or raise VendorError."""

    def listing(self, path: str, query: Mapping[str, str], models: Sequence[str]) -> Any:
        """Return the list of models, or one of them; raise VendorError for any other path."""

    def error(self, status: int, message: str, param: str | None, code: str | None) -> Any:
        """Return the body of a refusal."""

    def failure(self, status: int) -> Any:
        """Return the error body that usually comes with a status."""

    def whole(self, reply: Body, ask: Any) -> Any:
        """Return the body of a whole answer."""

    def events(self, reply: Body, ask: Any) -> list[bytes]:
        """Return the events of a streamed answer."""

    def error_events(self, body: Any, *, with_done: bool) -> list[bytes]:
        """Return the events with which a stream fails."""
