"""What the admin API may know of the kinds of providers, handed down from the one list."""

from collections.abc import Mapping

from butler.contract.problems import ProblemCode
from butler.engine.errors import ConfigError, problem
from butler.engine.providers import demo
from butler.engine.providers.base import Connection, Provider, ProviderKind
from butler.engine.store.sealed import key_record


class Kinds:
    """The kinds of providers by id."""

    def __init__(self, kinds: Mapping[str, ProviderKind]) -> None:
        self._kinds = kinds

    @staticmethod
    def key_record(provider_id: str) -> str:
        """Return the record under which a provider's key is sealed."""
        return key_record(provider_id)

    def offered(self) -> list[ProviderKind]:
        """Return the kinds that an owner can choose from."""
        return [kind for kind in self._kinds.values() if kind.id != demo.KIND.id]

    def fields(self, kind: str) -> list[str]:
        """Return the names of the options in a kind's form."""
        known = self._kinds.get(kind)
        own = ("base_url", "api_key")
        return [field.name for field in known.fields if field.name not in own] if known else []

    def create(self, connection: Connection) -> Provider:
        """Return a provider; raises ConfigError when there is no such kind, or it does not fit."""
        kind = self._kinds.get(connection.kind)
        if kind is None or kind.id == demo.KIND.id:
            raise ConfigError(
                problem(
                    ProblemCode.UNKNOWN_KIND,
                    f"{connection.kind!r} is no kind of provider.",
                    "The kinds are " + ", ".join(kind.id for kind in self.offered()) + ".",
                    "kind",
                )
            )
        return kind.create(connection)

    def title(self, kind: str) -> str:
        """Return a kind's title; an unknown kind is its own title."""
        known = self._kinds.get(kind)
        return known.title if known else kind

    def base_url(self, kind: str, given: str | None) -> str:
        """Return the base URL to store; raises ConfigError when there is none."""
        known = self._kinds.get(kind)
        url = given or (known.default_url if known else None)
        if known is not None and not url:
            raise ConfigError(
                problem(
                    ProblemCode.MISSING,
                    f"A provider of kind {kind!r} needs a base URL.",
                    "Write it like https://api.example.com/v1.",
                    "base_url",
                )
            )
        return url or ""
