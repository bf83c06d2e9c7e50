"""Words are kept only where the owner wants that, sealed, and without secrets."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from butler.engine.ledger.policy import Bodies, Policy
from butler.engine.ledger.words import WordKeeper
from butler.engine.signals.sensitive import mask_secrets
from butler.engine.store import bodies
from butler.engine.store.bodies import vault_record
from butler.engine.store.database import Database
from butler.engine.vault.vault import Vault
from tests.engine.calls import HELLO, new_call

KEY = "sk-abcdefghij0123456789KLMNOP"
PRIVATE = "\n".join(
    [
        "-----BEGIN RSA PRIVATE KEY-----",
        *["MIIEpAIBAAKCAQEA7x"] * 9,
        "-----END PRIVATE KEY-----",
    ]
)
VAULT = Vault(bytes(32))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(None, tmp_path)
    yield database
    await database.close()


async def kept(
    database: Database, policy: Policy, body: dict[str, Any], answer: str = ""
) -> dict[str, Any] | None:
    """Let one call be kept under a policy, and read what was sealed."""
    keeper = WordKeeper(database, VAULT.seal, mask_secrets)
    call = new_call(body)
    call.answer_words = [answer]
    keeper.add(call, policy)
    await keeper.write()
    async with database.connect() as connection:
        record = await bodies.get(connection, call.id)
    if record is None:
        return None
    found: dict[str, Any] = orjson.loads(VAULT.open(vault_record(call.id), record.envelope))
    return found


async def test_nothing_is_kept_unless_wanted(database: Database) -> None:
    assert await kept(database, Policy(), HELLO) is None


async def test_what_was_asked(database: Database) -> None:
    found = await kept(database, Policy(bodies=Bodies.PROMPTS, redact=False), HELLO, "Hi!")
    assert found is not None
    assert (orjson.loads(found["request"]), found["answer"]) == (HELLO, None)


async def test_and_what_was_answered(database: Database) -> None:
    found = await kept(database, Policy(bodies=Bodies.FULL), HELLO, "你好！")
    assert found is not None
    assert found["answer"] == "你好！"


async def test_secrets_are_masked_before_they_are_sealed(database: Database) -> None:
    said = f"My key is {KEY} and this one:\n{PRIVATE}\nThe password: hunter2!x. Why does it fail?"
    body = {
        "messages": [
            {"role": "user", "content": said},
            {"role": "tool", "content": [{"type": "text", "text": orjson.dumps([said]).decode()}]},
        ]
    }
    found = await kept(database, Policy(bodies=Bodies.FULL), body, f"Your key {KEY} is wrong.")
    assert found is not None
    text = found["request"] + found["answer"]
    for secret in (KEY, "MIIEpAIBAAKCAQEA7x", "hunter2!x"):
        assert secret not in text
    assert "[api_key]" in found["answer"]
    assert "Why does it fail?" in text
    open_ = await kept_open(database, body)
    assert KEY in open_


async def kept_open(database: Database, body: dict[str, Any]) -> str:
    async with database.begin() as connection:
        await bodies.delete_some(connection, 10)
    found = await kept(database, Policy(bodies=Bodies.PROMPTS, redact=False), body)
    assert found is not None
    text: str = found["request"]
    return text


async def test_pictures_are_not_kept_to_the_last_byte(database: Database) -> None:
    body = {"messages": [{"role": "user", "content": "x" * 5_000_000}]}
    found = await kept(database, Policy(bodies=Bodies.PROMPTS), body)
    assert found is not None
    assert len(found["request"]) == 4 * 1024 * 1024


async def test_a_refused_call_has_no_words(database: Database) -> None:
    keeper = WordKeeper(database, VAULT.seal, mask_secrets)
    keeper.add(new_call(), Policy(bodies=Bodies.FULL))
    await keeper.write()


@pytest.mark.allow_logs("can not be kept")
async def test_words_that_can_not_be_stored_are_given_up(database: Database) -> None:
    keeper = WordKeeper(database, VAULT.seal, mask_secrets)
    for _ in range(2):
        keeper.add(new_call(HELLO), Policy(bodies=Bodies.FULL))
    await keeper.write()
    await keeper.write()
    async with database.connect() as connection:
        assert await bodies.get(connection, "req_1") is None


@pytest.mark.allow_logs("too many wait")
async def test_words_do_not_pile_up(database: Database) -> None:
    keeper = WordKeeper(database, VAULT.seal, mask_secrets)
    for number in range(600):
        call = new_call(HELLO)
        call.id = f"req_{number}"
        keeper.add(call, Policy(bodies=Bodies.PROMPTS))
    await keeper.write()
    async with database.begin() as connection:
        assert await bodies.delete_some(connection, 1_000) == 500


async def test_words_are_sealed_under_the_key_of_the_moment_in_which_they_are_stored(
    database: Database,
) -> None:
    vault, other = Vault(bytes(32)), Vault(bytes(31) + b"x")
    keeper = WordKeeper(database, vault.seal, mask_secrets)
    call = new_call(HELLO)
    keeper.add(call, Policy(bodies=Bodies.PROMPTS))
    async with database.begin():
        writing = asyncio.create_task(keeper.write())
        await asyncio.sleep(0.05)
        vault.become(other)
    await writing
    async with database.connect() as connection:
        record = await bodies.get(connection, call.id)
    assert record is not None
    assert other.open(vault_record(call.id), record.envelope)
