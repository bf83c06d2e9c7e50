"""Every call leaves one row that says how it went, what it cost, and why that model."""

import asyncio
import sqlite3
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import HELLO, House, http, talk, until
from tests.fakes import Answer, Fail, NoUsage, Upstream, Usage

IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}


async def test_what_a_row_says_of_a_stream(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.rule("acme/beta", name="to beta")
    up.script(Answer(usage=Usage(40, 9, 16, 4), chunk_delay_s=0.02))
    content = [{"type": "text", "text": "Write a Python function."}, IMAGE]
    got = await house.post(
        {
            "messages": [{"role": "user", "content": content}],
            "stream": True,
            "reasoning_effort": "high",
        },
        headers={"User-Agent": "OpenAI/Python 3.54.0", "x-session-id": "my session"},
    )
    row = await house.row()
    assert row["id"] == got.headers["x-butler-request-id"]
    assert (row["status"], row["error"], row["streaming"]) == (200, None, True)
    assert (row["token_name"], row["endpoint"]) == ("default", "chat_completions")
    assert (row["requested_model"], row["target"]) == (None, "acme/beta")
    assert (row["layer"], row["rule_name"]) == ("rules", "to beta")
    assert (row["modalities"], row["thinking"]) == (["image", "text"], "high")
    assert row["client"]
    assert row["conversation"]
    assert "my session" not in str(row)
    tokens = ("input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens")
    assert [row[name] for name in tokens] == [40, 9, 16, 4]
    assert row["usage_source"] == "reported"
    assert (row["cost_usd"], row["cost_source"], row["price_source"]) == ("0", "priced", "local")
    assert row["task"] is None, "no rule asked for it"
    # Six events with a pause of 20 ms after each: the second holds the first content.
    assert 15 < row["ttft_ms"] < row["duration_ms"] < 2000
    assert row["duration_ms"] - row["ttft_ms"] > 60
    assert 0 < row["overhead_ms"] < 50
    assert float(got.headers["x-butler-overhead-ms"]) == pytest.approx(row["overhead_ms"], abs=0.01)
    outcomes = {step["layer"]: step["outcome"] for step in row["trace"]}
    caches = {"exact_cache": "skipped", "semantic_cache": "skipped"}
    assert outcomes == {**caches, "direct": "skipped", "pin": "skipped", "rules": "decided"}
    assert all(step["reason"] and step["ms"] >= 0 for step in row["trace"])


async def test_a_slow_upstream_is_no_overhead_of_ours(house: House, up: Upstream) -> None:
    await house.add(up)
    up.script(Answer(chunk_delay_s=0.1, chunks=["x", "y"]))
    await house.ask(stream=True)
    row = await house.row()
    assert row["duration_ms"] > 300
    assert row["overhead_ms"] < 50
    assert row["attempts"][0]["ms"] > 90


CASES: dict[str, dict[str, Any]] = {
    "reported": {"usage_source": "reported", "input_tokens": 12, "output_tokens": 5},
    "estimated": {"usage_source": "estimated", "input_tokens": 11, "output_tokens": 6},
    "nothing": {"usage_source": "estimated", "input_tokens": 11, "output_tokens": 6},
}


@pytest.mark.parametrize("stream", [True, False], ids=["streamed", "whole"])
async def test_where_token_counts_come_from(house: House, up: Upstream, stream: bool) -> None:
    await house.add(up, options={"local": False})
    up.script(Answer(), NoUsage(), Answer(usage=Odd()))
    for _ in CASES:
        assert (await house.ask(stream=stream)).status == 200
    rows = await house.rows(len(CASES))
    for (name, expected), row in zip(CASES.items(), rows, strict=True):
        assert {key: row[key] for key in expected} == expected, name
    assert [row["cost_source"] for row in rows] == ["unpriced"] * 3


class Odd(Usage):
    """Counts that no column takes: above all they must not stop the log."""

    def body(self) -> dict[str, Any]:
        return {"prompt_tokens": 2**64 - 1, "completion_tokens": -5, "total_tokens": "many"}


async def test_refusals_are_recorded_with_what_is_known(house: House, up: Upstream) -> None:
    await house.add(up)
    await house.ask("grok-9")
    await house.post({"messages": HELLO}, token="sk-butler-wrong")
    await house.post(b"{")
    await house.post({"messages": HELLO}, headers={"Origin": "https://evil.example"})
    up.script(Fail(400))
    await house.ask("acme/alpha")
    rows = await house.rows(5)
    assert [row["status"] for row in rows] == [404, 401, 400, 403, 400]
    assert [row["requested_model"] for row in rows] == ["grok-9", None, None, None, "acme/alpha"]
    names = [row["token_name"] for row in rows]
    assert names == ["default", None, "default", None, "default"]
    assert all(row["error"] for row in rows)
    assert all(row["usage_source"] == "unknown" for row in rows)
    assert [len(row["attempts"]) for row in rows] == [0, 0, 0, 0, 1]
    status = await house.status()
    assert (status["requests_today"], status["in_flight"]) == (5, 0)


async def test_requests_that_bend_every_shape_neither_fail_nor_stop_the_log(
    house: House, subtests: pytest.Subtests
) -> None:
    deep: Any = "x"
    for _ in range(400):
        deep = [deep]
    odd: list[dict[str, Any]] = [
        {
            "messages": [
                1,
                "a",
                None,
                {"role": 5, "content": {"x": 1}},
                {"role": [], "content": [1]},
            ]
        },
        {"messages": [{"role": "user", "content": [{"type": [], "text": 5}, {"type": {"a": 1}}]}]},
        {"messages": [{"role": "user", "content": deep}]},
        {"messages": HELLO, "prompt_cache_key": {}, "user": deep, "reasoning": deep},
        {"messages": HELLO, "stream": "yes", "stream_options": 5, "reasoning_effort": 1},
        {"messages": HELLO, "tools": "x", "functions": {}, "thinking": {"type": deep}},
        {"messages": HELLO, "reasoning_effort": "x" * 100_000, "model": "y" * 100_000},
    ]
    for body in odd:
        with subtests.test(body=str(body)[:60]):
            assert (await house.post(body)).status in (200, 404)
    strange = [b"User-Agent: \xff\xfe", b"x-session-id: \xff", b"x-initiator: \xff", b"x: \xff"]
    for header in strange:
        got = await talk(house.port, http('{"messages":[{}]}', house.token, headers=[header]))
        assert got.startswith(b"HTTP/1.1 200")
    rows = await house.rows(len(odd) + len(strange))
    assert max(len(str(row)) for row in rows) < 10_000


async def test_a_row_is_there_within_a_quarter_of_a_second(tmp_path: Path) -> None:
    """With the engine as it is; everywhere else the fixture makes it write sooner."""
    async with House(tmp_path) as house:
        await house.ask()
        started = time.perf_counter()
        await house.row()
        # 250 ms are the budget; the rest is for two busy cores.
        assert time.perf_counter() - started < 0.75


async def test_rows_survive_a_stop_right_after_the_reply(tmp_path: Path) -> None:
    async with House(tmp_path) as first:
        token = first.token
        for _ in range(3):
            assert (await first.ask()).status == 200
    async with House(tmp_path) as second:
        assert second.engine.first_token is None
        assert len(await second.rows(3)) == 3
        assert (await second.status())["requests_today"] == 3
        second.token = token
        assert (await second.ask()).status == 200


def _sql(house: House, statement: str) -> None:
    with sqlite3.connect(house.data_dir / "butler.db") as database:
        database.execute(statement)
    database.close()


@pytest.mark.allow_logs("the request log can not be written")
async def test_rows_wait_for_a_database_that_is_away_and_then_come_by_themselves(
    house: House,
) -> None:
    await house.ask()
    await house.row()
    # In a thread: the engine, in this one, may be in the middle of writing.
    await asyncio.to_thread(_sql, house, "ALTER TABLE requests RENAME TO elsewhere")
    assert [(await house.ask()).status for _ in range(2)] == [200, 200]
    await asyncio.sleep(0.6)
    await asyncio.to_thread(_sql, house, "ALTER TABLE elsewhere RENAME TO requests")
    assert len(await house.rows(3)) == 3


@pytest.mark.allow_logs("the request log can not be written")
async def test_calls_are_answered_while_the_database_is_locked(house: House) -> None:
    lock = sqlite3.connect(house.data_dir / "butler.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        started = time.perf_counter()
        assert (await house.ask()).status == 200
        assert time.perf_counter() - started < 2
        await asyncio.sleep(0.4)
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    await house.row()


async def test_the_figures_of_the_day_follow(house: House, up: Upstream) -> None:
    await house.add(up, options={"local": False})

    async def counted() -> bool:
        return bool((await house.status())["requests_today"] == 2)

    await house.ask()
    await house.ask()
    await until(counted)
    status = await house.status()
    assert (Decimal(status["spent_today_usd"]), status["unpriced_today"]) == (0, 2)
