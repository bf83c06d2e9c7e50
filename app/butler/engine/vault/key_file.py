"""The master key in a file beside the data: the last resort, with a warning that stays."""

import asyncio
import os
import stat
from pathlib import Path

from butler.contract.problems import Problem, ProblemCode
from butler.engine.errors import problem
from butler.engine.vault.master_key import FoundKey, Obstacle, parse_key, write_key

_FILE_NAME = "master.key"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFile:
    """`master.key` in the data directory, readable by its owner only."""

    name = "key_file"

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / _FILE_NAME

    @property
    def title(self) -> str:
        """The file with its path."""
        return f"the key file {self._path}"

    async def read(self, vault_id: str) -> FoundKey | Obstacle:
        """Read the file. Raises VaultError when it holds no key."""
        return await asyncio.to_thread(self._read)

    async def keep(self, vault_id: str, key: bytes) -> FoundKey | Obstacle:
        """Create the file; one that is already there stays as it is."""
        return await asyncio.to_thread(self._create, key)

    def _read(self) -> FoundKey | Obstacle:
        try:
            text = self._path.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return Obstacle.EMPTY
        except OSError:
            return Obstacle.UNREADY
        return FoundKey(parse_key(text, self.title), self._warnings())

    def _create(self, key: bytes) -> FoundKey | Obstacle:
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            return Obstacle.FAILED
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(write_key(key) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            # A torn key would be taken for a wrong one at the next start.
            self._path.unlink()
            return Obstacle.FAILED
        return FoundKey(key, self._warnings())

    def _warnings(self) -> tuple[Problem, ...]:
        in_use = problem(
            ProblemCode.KEY_FILE_IN_USE,
            f"The master key lies in {self._path}, beside the secrets that it protects.",
            "Back up the data directory without it. Where no OS keyring can be had, move the "
            "content of the file to BUTLER_MASTER_KEY, kept elsewhere, and delete the file.",
        )
        exposed = os.name == "posix" and self._path.stat().st_mode & _OTHERS
        return (in_use, _exposed(self._path)) if exposed else (in_use,)


def _exposed(path: Path) -> Problem:
    return problem(
        ProblemCode.KEY_FILE_EXPOSED,
        f"Other users of this computer may read the master key in {path}.",
        f"Close it with `chmod 600 {path}`, then replace the provider keys if others had access.",
    )
