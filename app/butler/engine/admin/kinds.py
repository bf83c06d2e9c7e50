"""What the admin API may know of the kinds of providers, handed down from the one list."""

from collections.abc import Mapping

from butler.contract.problems import ProblemCode
from butler.engine.errors import ConfigError, problem
from butler.engine.providers.base import ProviderKind


class Kinds:
    """The kinds of providers by id."""

    def __init__(self, kinds: Mapping[str, ProviderKind]) -> None:
        self._kinds = kinds

    @staticmethod
    def key_record(provider_id: str) -> str:
        """Return the record under which a provider's key is sealed."""
        return f"provider/{provider_id}/key"

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
