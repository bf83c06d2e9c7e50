"""The master key in the environment: for servers and containers, where its owner keeps it."""

from collections.abc import Mapping

from butler.engine.vault.master_key import FoundKey, Obstacle, parse_key

_VARIABLE = "BUTLER_MASTER_KEY"


class Environment:
    """Reads BUTLER_MASTER_KEY, base64 of 32 bytes, from the given variables."""

    name = "environment"
    title = f"the environment variable {_VARIABLE}"

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    async def read(self, vault_id: str) -> FoundKey | Obstacle:
        """Read the variable. Raises VaultError when it is set to something that is no key."""
        text = self._variables.get(_VARIABLE)
        return FoundKey(parse_key(text, self.title)) if text else Obstacle.EMPTY

    async def keep(self, vault_id: str, key: bytes) -> FoundKey | Obstacle:
        """Our own environment ends with us, so nothing can be kept here."""
        return Obstacle.READ_ONLY

    async def forget(self, vault_id: str) -> None:
        """Leave the variable to its owner: it is not ours to change."""
