"""What a vendor must know: where a target lives, how it is addressed, how its errors read.

Providers open no sockets. A provider object belongs to one revision of the configuration and
holds its decrypted key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from butler.engine.call import TALK, Call, Makes, Target
from butler.engine.dialects.base import ProviderDialect
from butler.engine.errors import UpstreamError
from butler.engine.providers.listing import ListedModel


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form in which a provider or condition is set up."""

    name: str
    title: str
    type: str = "text"
    required: bool = False
    secret: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach one configured provider."""

    name: str
    kind: str
    base_url: str
    api_key: str | None = field(default=None, repr=False)
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request to an upstream, ready to be sent; `secret` is the key that is in it.

    `dialect` is the one in which the answer will come, where that is not the provider's own,
    `if_refused` what to try where nobody takes the connection.
    """

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    secret: bytes | None = field(default=None, repr=False)
    method: str = "POST"
    dialect: ProviderDialect | None = None
    if_refused: str = ""


class Provider(Protocol):
    """One configured provider."""

    @property
    def connection(self) -> Connection:
        """How it is reached."""

    @property
    def dialect(self) -> ProviderDialect:
        """The wire format it speaks."""

    def prepare(self, call: Call, target: Target) -> Outgoing:
        """Return what to send for this call to this target.

        Raises UpstreamError for what can not be said in the provider's dialect.
        """

    def explain_error(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """Classify a refusal and put it into words, without any secret in them."""

    def models_request(self) -> Outgoing:
        """Return the request for the list of models."""

    def read_models(self, body: bytes) -> tuple[ListedModel, ...]:
        """Read the list of models; raises ValueError where it is none."""

    def probe(self, model: str) -> Outgoing:
        """Return a call that costs next to nothing, to see whether a model answers."""


@runtime_checkable
class Describing(Protocol):
    """A provider whose list tells little of its models, and who tells more of each when asked."""

    def describe_request(self, model: str) -> Outgoing:
        """Return the request for what is known of a model."""

    def described(self, model: ListedModel, body: bytes) -> ListedModel:
        """Return a listed model with what is told of it; raises ValueError where nothing is."""


@dataclass(frozen=True, slots=True)
class ProviderKind:
    """A kind of provider: what its form asks for, how one is made, and what it can make."""

    id: str
    title: str
    dialect: str
    fields: tuple[Field, ...]
    default_url: str | None
    create: Callable[[Connection], Provider]
    makes: frozenset[Makes] = TALK
