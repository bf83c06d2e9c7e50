"""The vault of a data directory: finds its master key, then seals and opens secrets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from butler.contract.problems import Problem, ProblemCode
from butler.engine.errors import VaultError, problem
from butler.engine.vault.envelope import seal, unseal
from butler.engine.vault.environment import Environment
from butler.engine.vault.key_file import KeyFile
from butler.engine.vault.master_key import FoundKey, KeySource, Obstacle, new_key
from butler.engine.vault.os_keyring import OsKeyring

_CHECK_VALUE = b"smart-routing-butler"
_MARK = b"smart-routing-butler/derived/1"


class Vault:
    """Seals and opens secrets under one master key of 32 bytes."""

    __slots__ = ("_cipher", "_derived", "_key")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)
        self._derived: dict[str, bytes] = {}

    def seal(self, record_id: str, plaintext: bytes) -> bytes:
        """Put a secret into an envelope that opens for `record_id` (`provider/<id>/key`) only."""
        return seal(self._cipher, record_id, plaintext)

    def open(self, record_id: str, envelope: bytes) -> bytes:
        """Take a secret out. Raises VaultError when the envelope was changed or moved."""
        return unseal(self._cipher, record_id, envelope)

    def fits(self, vault_id: str, check: bytes) -> bool:
        """Tell by its check whether this key opens what the vault of that id has sealed."""
        try:
            return self.open(_check_record(vault_id), check) == _CHECK_VALUE
        except VaultError:
            return False

    def check(self, vault_id: str) -> bytes:
        """Make the check by which this key is known again."""
        return self.seal(_check_record(vault_id), _CHECK_VALUE)

    def derive(self, purpose: str) -> bytes:
        """Return the key of 32 bytes for one purpose: it tells nothing of the master key.

        Another after `become`; until then the very same object, so that `is` will do to compare.
        """
        try:
            return self._derived[purpose]
        except KeyError:
            made = HKDF(SHA256(), 32, salt=_MARK, info=purpose.encode()).derive(self._key)
            # Two threads may come at once: the first one's object counts.
            return self._derived.setdefault(purpose, made)

    def become(self, other: "Vault") -> None:
        """Go on under another key, for everybody who holds this vault."""
        self._key, self._cipher, self._derived = other._key, other._cipher, {}


@dataclass(frozen=True, slots=True)
class OpenedVault:
    """A vault, where its key was found, the check to store, and what doctor should say."""

    vault: Vault
    source_name: str
    check: bytes
    warnings: tuple[Problem, ...]


def usual_sources(data_dir: Path, variables: Mapping[str, str]) -> tuple[KeySource, ...]:
    """The places where a key may lie, the safest first; `variables` is the environment."""
    return (OsKeyring(), Environment(variables), KeyFile(data_dir))


async def open_vault(
    sources: Sequence[KeySource], vault_id: str, check: bytes | None
) -> OpenedVault:
    """Open the vault with the first key that fits.

    `vault_id` names the data directory. `check` is what an earlier `OpenedVault.check` said: with
    it only the key that made it will do, and nothing is ever created; without it this is the
    first start, and a key is made if there is none. Raises VaultError.
    """
    if check is None:
        return await _open_first(sources, vault_id)
    tried: list[tuple[KeySource, str]] = []
    found_any = False
    for source in sources:
        found = await source.read(vault_id)
        if isinstance(found, Obstacle):
            tried.append((source, found.value))
            continue
        vault = Vault(found.key)
        if vault.fits(vault_id, check):
            return OpenedVault(vault, source.name, check, found.warnings)
        found_any = True
        tried.append((source, "holds another key"))
    raise _wrong(tried) if found_any else _missing(tried)


async def _open_first(sources: Sequence[KeySource], vault_id: str) -> OpenedVault:
    """Use the first key at hand; else make one, where it is empty and takes it."""
    obstacles: dict[KeySource, Obstacle] = {}
    for source in sources:
        found = await source.read(vault_id)
        if isinstance(found, FoundKey):
            return _opened(source, found, vault_id)
        obstacles[source] = found
    key = new_key()
    for source in sources:
        # A place that could not even be read may hold a key, and is not asked a second time.
        if obstacles[source] is Obstacle.EMPTY:
            kept = await source.keep(vault_id, key)
            if isinstance(kept, FoundKey):
                return _opened(source, kept, vault_id)
            obstacles[source] = kept
    raise _nowhere_to_keep([(source, why.value) for source, why in obstacles.items()])


def _opened(source: KeySource, found: FoundKey, vault_id: str) -> OpenedVault:
    vault = Vault(found.key)
    return OpenedVault(vault, source.name, vault.check(vault_id), found.warnings)


def _check_record(vault_id: str) -> str:
    return f"vault/{vault_id}/check"


def _wrong(tried: list[tuple[KeySource, str]]) -> VaultError:
    return VaultError(
        problem(
            ProblemCode.MASTER_KEY_WRONG,
            f"No master key at hand opens the stored secrets: {_account_of(tried)}.",
            "Set BUTLER_MASTER_KEY to the key that was in use, restore the OS keyring or the key "
            "file, or start with another data directory. Nothing was changed.",
        )
    )


def _missing(tried: list[tuple[KeySource, str]]) -> VaultError:
    return VaultError(
        problem(
            ProblemCode.MASTER_KEY_MISSING,
            f"The master key of the stored secrets is not at hand: {_account_of(tried)}.",
            "Unlock the OS keyring, set BUTLER_MASTER_KEY to the key that was in use, or restore "
            "the key file. Nothing was changed.",
        )
    )


def _nowhere_to_keep(tried: list[tuple[KeySource, str]]) -> VaultError:
    return VaultError(
        problem(
            ProblemCode.MASTER_KEY_MISSING,
            f"A new master key could not be stored anywhere: {_account_of(tried)}.",
            "Unlock the OS keyring, make the data directory writable, or set BUTLER_MASTER_KEY, "
            "for example to what `openssl rand -base64 32` prints.",
        )
    )


def _account_of(tried: list[tuple[KeySource, str]]) -> str:
    return ", ".join(f"{source.title} {how}" for source, how in tried)
