"""A request's way through the house, seen from outside; the rest of it is in `tests/e2e`."""

import sqlite3
from contextlib import closing

import pytest

from tests.e2e.house import HELLO, House
from tests.fakes import Upstream

BAD: dict[str, tuple[bytes, str | None]] = {
    "empty": (b"", None),
    "no json": (b"hello", None),
    "cut": (b'{"messages": [', None),
    "a list": (b"[]", None),
    "not utf-8": (b'{"messages":[{"role":"user","content":"\xff"}]}', None),
    "nested": (b'{"messages":' + b"[" * 100_000 + b"]" * 100_000 + b"}", None),
    "no messages": (b'{"model":"auto"}', "messages"),
    "empty messages": (b'{"messages":[]}', "messages"),
    "messages of text": (b'{"messages":"hi"}', "messages"),
    "a number for a model": (b'{"model":1,"messages":[1]}', "model"),
    "an object for a model": (b'{"model":{},"messages":[1]}', "model"),
}


async def test_a_bad_request_is_a_400_that_says_why(
    house: House, up: Upstream, subtests: pytest.Subtests
) -> None:
    await house.add(up)
    for name, (body, param) in BAD.items():
        with subtests.test(name):
            got = await house.post(body)
            assert (got.status, got.error["param"]) == (400, param)
            assert got.error["type"] == "invalid_request_error"
            assert got.headers["x-butler-request-id"].startswith("req_")
    assert not up.seen
    assert all(row["status"] == 400 for row in await house.rows(len(BAD)))


async def test_without_any_model_it_says_what_to_do(house: House, up: Upstream) -> None:
    await house.add(up, models=[])
    got = await house.ask()
    assert (got.status, got.error["code"]) == (503, "no_target")
    assert "provider add" in got.error["message"]
    row = await house.row()
    assert [step["outcome"] for step in row["trace"]] == ["skipped"] * 8
    assert got.headers.get("x-butler-target") is None


@pytest.mark.allow_logs("a request failed")
async def test_a_bug_of_ours_answers_in_json_and_is_recorded(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("a prompt that the bug had in hand")

    with monkeypatch.context() as patch:
        patch.setattr("butler.engine.dialects.openai_chat.OpenAIChat.read_request", broken)
        got = await house.ask()
    assert (got.status, got.error["code"], got.error["type"]) == (
        500,
        "internal_error",
        "server_error",
    )
    row = await house.row()
    assert (row["status"], row["error"]) == (500, "KeyError in the engine")
    assert b"prompt" not in got.raw
    assert (await house.ask()).status == 200


async def test_an_edit_takes_effect_from_the_next_request_on(house: House, up: Upstream) -> None:
    await house.add(up)
    assert (await house.ask()).headers["x-butler-target"] == "acme/alpha"
    await house.rule("acme/beta")
    assert (await house.ask()).headers["x-butler-target"] == "acme/beta"
    await house.set(routing__enabled=False)
    assert (await house.ask()).headers["x-butler-target"] == "acme/alpha"
    await house.set(routing__default_target="acme/beta")
    assert (await house.ask()).headers["x-butler-target"] == "acme/beta"


CONFIGURATION = ("providers", "models", "rules", "rule_targets", "settings", "tokens")


async def test_a_call_reads_nothing_from_the_database(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.rule("acme/beta")
    with closing(sqlite3.connect(house.data_dir / "butler.db", isolation_level=None)) as file:
        for table in CONFIGURATION:
            file.execute(f"ALTER TABLE {table} RENAME TO away_{table}")
        try:
            # The token, the rule, the target and its key are all known without their tables.
            for stream in (True, False):
                got = await house.ask(stream=stream)
                assert (got.status, got.headers["x-butler-target"]) == (200, "acme/beta")
            assert [row["status"] for row in await house.rows(2)] == [200, 200]
        finally:
            for table in CONFIGURATION:
                file.execute(f"ALTER TABLE away_{table} RENAME TO {table}")


async def test_routing_that_is_off_still_serves_named_models(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.set(routing__enabled=False)
    assert (await house.ask("beta")).headers["x-butler-layer"] == "direct"
    assert (await house.post({"messages": HELLO})).headers["x-butler-layer"] == "default"
    rows = await house.rows(2)
    assert "off" in rows[1]["trace"][2]["reason"]
