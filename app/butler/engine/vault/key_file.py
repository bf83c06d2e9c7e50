"""The master key in a file beside the data: the last resort, with a warning that stays."""

import asyncio
import logging
import os
import stat
from pathlib import Path

from butler.contract.problems import Problem, ProblemCode
from butler.engine.errors import problem
from butler.engine.vault.master_key import FoundKey, Obstacle, parse_key, write_key

_log = logging.getLogger(__name__)
_FILE_NAME = "master.key"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFile:
    """`master.key` in the data directory, readable by its owner only.

    While that one is taken, another vault's key lies in a file that bears the vault's id: so the
    old and the new key are both there until the change from one to the other is complete.
    """

    name = "key_file"

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / _FILE_NAME

    @property
    def title(self) -> str:
        """The file with its path."""
        return f"the key file {self._path}"

    async def read(self, vault_id: str) -> FoundKey | Obstacle:
        """Read the file. Raises VaultError when it holds no key."""
        return await asyncio.to_thread(self._read, vault_id)

    async def keep(self, vault_id: str, key: bytes) -> FoundKey | Obstacle:
        """Create a file; one that is already there stays as it is."""
        return await asyncio.to_thread(self._create, vault_id, key)

    async def forget(self, vault_id: str) -> None:
        """Delete the file with the key of a vault that has another by now."""
        await asyncio.to_thread(self._delete, vault_id)

    def _own(self, vault_id: str) -> Path:
        return self._path.with_name(f"{self._path.stem}-{vault_id}{self._path.suffix}")

    def _place(self, vault_id: str) -> Path:
        own = self._own(vault_id)
        return own if own.exists() else self._path

    def _read(self, vault_id: str) -> FoundKey | Obstacle:
        path = self._place(vault_id)
        try:
            text = path.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return Obstacle.EMPTY
        except OSError:
            return Obstacle.UNREADY
        return FoundKey(parse_key(text, self.title), _warnings(path))

    def _create(self, vault_id: str, key: bytes) -> FoundKey | Obstacle:
        path = self._own(vault_id) if self._path.exists() else self._path
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            return Obstacle.FAILED
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(write_key(key) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            # A torn key would be taken for a wrong one at the next start.
            path.unlink()
            return Obstacle.FAILED
        return FoundKey(key, _warnings(path))

    def _delete(self, vault_id: str) -> None:
        path = self._place(vault_id)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("The old key file %s could not be deleted: %s.", path, error.strerror)


def _warnings(path: Path) -> tuple[Problem, ...]:
    in_use = problem(
        ProblemCode.KEY_FILE_IN_USE,
        f"The master key lies in {path}, beside the secrets that it protects.",
        "Back up the data directory without it. Where there is an OS keyring by now, move the key "
        "there (`butler vault rotate`); else move the content of the file to BUTLER_MASTER_KEY, "
        "kept elsewhere, and delete the file.",
    )
    exposed = os.name == "posix" and path.stat().st_mode & _OTHERS
    return (in_use, _exposed(path)) if exposed else (in_use,)


def _exposed(path: Path) -> Problem:
    return problem(
        ProblemCode.KEY_FILE_EXPOSED,
        f"Other users of this computer may read the master key in {path}.",
        f"Close it with `chmod 600 {path}`, then replace the provider keys if others had access.",
    )
