"""What the endpoints need of the engine: its current Runtime, the dispatcher, the recorder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from butler.engine.call import Caller, RuntimeView
from butler.engine.dialects.base import Dialect
from butler.engine.dispatch.dispatcher import Dispatcher
from butler.engine.ledger.recorder import Finished
from butler.engine.providers.base import Provider
from butler.engine.routing.names import NameBook
from butler.engine.routing.router import Router
from butler.engine.server.in_flight import InFlight


class ServingRuntime(RuntimeView, Protocol):
    """One revision of the configuration, as the endpoints read it."""

    @property
    def tokens(self) -> Mapping[bytes, Caller]:
        """The client tokens in use, by SHA-256."""

    @property
    def names(self) -> NameBook:
        """The model names that lead somewhere."""

    @property
    def providers(self) -> Mapping[str, Provider]:
        """The enabled providers by name."""

    @property
    def router(self) -> Router:
        """The routing chain."""


@dataclass(frozen=True, slots=True)
class Serving:
    """The engine, as the data plane sees it.

    `runtime` gives the revision in force; `dialects` are known by name; `record` takes a
    finished call; `in_flight` counts the calls that are being answered.
    """

    runtime: Callable[[], ServingRuntime]
    dispatcher: Dispatcher
    dialects: Mapping[str, Dialect]
    record: Callable[[Finished], None]
    in_flight: InFlight
