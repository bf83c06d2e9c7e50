"""The OS keyring: what it stores, how it says no, and that it can not hold the engine up."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from butler.contract.problems import ProblemCode
from butler.engine.errors import VaultError
from butler.engine.vault.master_key import FoundKey, Obstacle, new_key, write_key
from butler.engine.vault.os_keyring import OsKeyring
from tests.engine.vault.keyrings import (
    FailingKeyring,
    ForgetfulKeyring,
    MemoryKeyring,
    PlainTextKeyring,
    PromptingKeyring,
)


async def test_a_kept_key_is_found_again_under_its_data_directory() -> None:
    keyring, key = MemoryKeyring(), new_key()
    assert await OsKeyring(keyring).keep("vault_1", key) == FoundKey(key)
    assert await OsKeyring(keyring).read("vault_1") == FoundKey(key)
    assert await OsKeyring(keyring).read("vault_2") is Obstacle.EMPTY
    assert keyring.passwords == {("smart-routing-butler", "master-key/vault_1"): write_key(key)}


async def test_a_forgotten_key_is_gone_and_no_other() -> None:
    keyring, key = MemoryKeyring(), new_key()
    for vault_id in ("vault_1", "vault_2"):
        await OsKeyring(keyring).keep(vault_id, key)
    for _ in range(2):
        # The second time there is nothing to delete, which harms nobody.
        await OsKeyring(keyring).forget("vault_1")
        assert await OsKeyring(keyring).read("vault_1") is Obstacle.EMPTY
    assert await OsKeyring(keyring).read("vault_2") == FoundKey(key)


@pytest.mark.parametrize(
    ("error", "obstacle"),
    [
        (NoKeyringError("none"), Obstacle.ABSENT),
        (KeyringLocked("locked"), Obstacle.LOCKED),
        (InitError("Prompt dismissed"), Obstacle.UNREADY),
        (PasswordSetError("no"), Obstacle.FAILED),
        (RuntimeError("the bus went away"), Obstacle.FAILED),
    ],
)
async def test_every_refusal_keeps_its_reason(error: Exception, obstacle: Obstacle) -> None:
    source = OsKeyring(FailingKeyring(error))
    assert await source.read("vault_1") is obstacle
    assert await source.keep("vault_1", new_key()) is obstacle


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring(), PlainTextKeyring()])
async def test_a_keyring_that_protects_nothing_counts_as_absent(backend: MemoryKeyring) -> None:
    source = OsKeyring(backend)
    assert await source.keep("vault_1", new_key()) is Obstacle.ABSENT
    assert await source.read("vault_1") is Obstacle.ABSENT


async def test_without_a_given_backend_the_system_is_asked() -> None:
    # The test session runs with the library's own backend for "there is none".
    assert await OsKeyring().read("vault_1") is Obstacle.ABSENT


async def test_a_keyring_that_forgets_is_not_trusted() -> None:
    assert await OsKeyring(ForgetfulKeyring()).keep("vault_1", new_key()) is Obstacle.FAILED


async def test_a_prompt_that_nobody_answers_times_out_while_the_loop_goes_on() -> None:
    keyring = PromptingKeyring()
    source = OsKeyring(keyring, timeout_s=0.2)
    started = time.monotonic()
    reading = asyncio.create_task(source.read("vault_1"))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.01)
        turns += 1
    keyring.answered.set()
    assert reading.result() is Obstacle.TIMED_OUT
    assert 0.2 <= time.monotonic() - started < 2
    assert turns > 5


async def test_an_answer_after_the_time_out_harms_nobody() -> None:
    keyring = PromptingKeyring()
    assert await OsKeyring(keyring, timeout_s=0.01).read("vault_1") is Obstacle.TIMED_OUT
    keyring.answered.set()
    await asyncio.sleep(0.05)
    assert await OsKeyring(keyring).read("vault_1") is Obstacle.EMPTY


def test_a_blocked_prompt_does_not_keep_the_process_alive(tmp_path: Path) -> None:
    script = tmp_path / "blocked.py"
    script.write_text(
        "import asyncio\n"
        "from butler.engine.vault.os_keyring import OsKeyring\n"
        "from tests.engine.vault.keyrings import PromptingKeyring\n"
        "source = OsKeyring(PromptingKeyring(), timeout_s=0.1)\n"
        "print(asyncio.run(source.read('vault_1')))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "Obstacle.TIMED_OUT\n", "")


async def test_what_is_no_key_is_refused_and_left_alone() -> None:
    keyring = MemoryKeyring()
    keyring.passwords["smart-routing-butler", "master-key/vault_1"] = "edited by hand"
    with pytest.raises(VaultError, match="the OS keyring") as caught:
        await OsKeyring(keyring).read("vault_1")
    assert caught.value.problems[0].code is ProblemCode.MASTER_KEY_MALFORMED
    assert list(keyring.passwords.values()) == ["edited by hand"]
