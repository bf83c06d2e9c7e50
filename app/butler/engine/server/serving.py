"""What the endpoints need of the engine: its current Runtime, the dispatcher, the recorder."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from butler.engine.caches.similar.memory import SimilarCache
from butler.engine.call import Caller, RuntimeView
from butler.engine.dialects.base import Dialect
from butler.engine.dispatch.dispatcher import Dispatcher
from butler.engine.ledger.recorder import Finished
from butler.engine.providers.base import Provider
from butler.engine.routing.names import NameBook
from butler.engine.routing.router import Router
from butler.engine.routing.services import Services
from butler.engine.server.flights import Flights
from butler.engine.server.in_flight import InFlight
from butler.engine.server.limits import FailedTokens, RequestLimits


class ServingRuntime(RuntimeView, Protocol):
    """One revision of the configuration, as the endpoints read it."""

    @property
    def tokens(self) -> Mapping[bytes, Caller]:
        """The client tokens in use, by SHA-256."""

    @property
    def allowed_hosts(self) -> Collection[str]:
        """Names beside localhost by which the owner calls this machine, in lower case."""

    @property
    def allowed_origins(self) -> Collection[str]:
        """Origins whose web pages may use the endpoint, in lower case."""

    @property
    def paused(self) -> bool:
        """True while the owner wants no new calls answered."""

    @property
    def names(self) -> NameBook:
        """The model names that lead somewhere."""

    @property
    def providers(self) -> Mapping[str, Provider]:
        """The enabled providers by name."""

    @property
    def services(self) -> Services:
        """Who answers calls that are no conversation."""

    @property
    def router(self) -> Router:
        """The routing chain."""


@dataclass(frozen=True, slots=True)
class Serving:
    """The engine, as the data plane sees it.

    `runtime` gives the revision in force; `dialects` are known by name; `record` takes a
    finished call; `in_flight` counts the calls that are being answered, `flights` knows them.
    The limits live as long
    as the process, whatever is configured meanwhile.
    """

    runtime: Callable[[], ServingRuntime]
    dispatcher: Dispatcher
    dialects: Mapping[str, Dialect]
    record: Callable[[Finished], None]
    in_flight: InFlight
    similar: SimilarCache
    request_limits: RequestLimits = field(default_factory=RequestLimits)
    failed_tokens: FailedTokens = field(default_factory=FailedTokens)
    flights: Flights = field(default_factory=Flights)
