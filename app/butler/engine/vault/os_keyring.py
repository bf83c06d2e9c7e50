"""The master key in the operating system's keyring, asked without ever blocking the engine."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future

import keyring
from keyring.backend import KeyringBackend
from keyring.core import recommended
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError

from butler.engine.vault.master_key import FoundKey, Obstacle, parse_key, write_key

_SERVICE = "smart-routing-butler"
_log = logging.getLogger(__name__)

_Answer = str | None | Obstacle
_OBSTACLES: tuple[tuple[type[KeyringError], Obstacle], ...] = (
    (NoKeyringError, Obstacle.ABSENT),
    (KeyringLocked, Obstacle.LOCKED),
    (InitError, Obstacle.UNREADY),
)


class OsKeyring:
    """Keyring of the system, or a given backend; each call may take `timeout_s` seconds."""

    name = "os_keyring"
    title = "the OS keyring"

    def __init__(self, backend: KeyringBackend | None = None, timeout_s: float = 5.0) -> None:
        self._backend = backend
        self._timeout_s = timeout_s

    async def read(self, vault_id: str) -> FoundKey | Obstacle:
        """Look for the key. Raises VaultError when what lies there is no key."""
        account = _account(vault_id)
        answer = await self._ask(lambda backend: backend.get_password(_SERVICE, account))
        if answer is None:
            return Obstacle.EMPTY
        if isinstance(answer, Obstacle):
            return answer
        return FoundKey(parse_key(answer, self.title))

    async def keep(self, vault_id: str, key: bytes) -> FoundKey | Obstacle:
        """Store a new key and read it back: some keyrings take a secret and forget it."""
        account, text = _account(vault_id), write_key(key)

        def store(backend: KeyringBackend) -> str | None:
            backend.set_password(_SERVICE, account, text)
            return backend.get_password(_SERVICE, account)

        answer = await self._ask(store)
        if isinstance(answer, Obstacle):
            return answer
        return FoundKey(key) if answer == text else Obstacle.FAILED

    async def forget(self, vault_id: str) -> None:
        """Delete the key of a vault that has another by now."""
        account = _account(vault_id)

        def delete(backend: KeyringBackend) -> None:
            backend.delete_password(_SERVICE, account)

        await self._ask(delete)

    async def _ask(self, call: Callable[[KeyringBackend], str | None]) -> _Answer:
        """Run a call in a thread of its own: it may show a prompt and wait for a person.

        The thread is a daemon, because one from the loop's pool that waits for a prompt would
        keep the whole process from ending.
        """
        answer: Future[_Answer] = Future()
        # A running future can not be cancelled, so the thread may always deliver its answer.
        answer.set_running_or_notify_cancel()
        threading.Thread(
            target=lambda: answer.set_result(self._answer(call)), name="keyring", daemon=True
        ).start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(answer), self._timeout_s)
        except TimeoutError:
            return Obstacle.TIMED_OUT

    def _answer(self, call: Callable[[KeyringBackend], str | None]) -> _Answer:
        try:
            backend = self._backend or keyring.get_keyring()
            # Backends that the library itself does not recommend store nothing, or in the clear.
            return call(backend) if recommended(backend) else Obstacle.ABSENT
        except KeyringError as error:
            return next(
                (why for kind, why in _OBSTACLES if isinstance(error, kind)), _failed(error)
            )
        except Exception as error:  # noqa: BLE001 - a backend is a plugin with errors of its own
            return _failed(error)


def _account(vault_id: str) -> str:
    return f"master-key/{vault_id}"


def _failed(error: Exception) -> Obstacle:
    # Its type only: what a backend writes into its errors is not ours to vouch for.
    _log.info("The OS keyring failed with %s.", type(error).__name__)
    return Obstacle.FAILED
