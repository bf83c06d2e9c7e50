"""`butler demo`: see routing work in a minute, without a key and without any traffic outside."""

import argparse
import asyncio
import base64
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp

from butler.commands.console import complain_of, say, say_json, shorten, titled
from butler.commands.exit_codes import EXIT_CANNOT_START, EXIT_DONE, CommandFailed
from butler.commands.loop import loop_factory
from butler.commands.parsing import Parser
from butler.contract.texts import Texts
from butler.engine.engine import Engine, StartOptions
from butler.engine.errors import StartError

_RECORDED_WITHIN_S = 10
PROMPTS = (
    "Hi there! How is your day going?",
    "Write a Python function that merges two sorted lists.",
    "Translate “the early bird catches the worm” into French.",
    "What is the derivative of x^2 * sin(x)?",
    "Summarize this in two sentences: The committee met on Tuesday to discuss the new park. "
    "After three hours it agreed on the trees but not on the benches.",
    "Write a short poem about a lighthouse in winter.",
    "Compare the revenue of both quarters and explain the trend: Q1 4.1 M, Q2 3.2 M, Q3 5.0 M.",
    "What is the capital of Mongolia?",
    "你好,今天过得怎么样?",
    "用 Python 写一个快速排序函数。",
    "把“海内存知己,天涯若比邻”翻译成英文。",
    "小明有 12 个苹果,分给 3 个朋友后还剩 3 个,每人分到几个?",
)


def arguments(parser: Parser) -> None:
    """Declare the options."""
    parser.set_defaults(run=run)
    parser.add_json()


def run(args: argparse.Namespace, texts: Texts) -> int:
    """Start an engine on free ports in a directory of its own, ask, show, stop."""
    # A heavy library that only this command needs; loaded before the engine's threads load what
    # it shares with them.
    from openai import AsyncOpenAI  # noqa: PLC0415

    with (
        tempfile.TemporaryDirectory(prefix="butler-demo-") as directory,
        asyncio.Runner(loop_factory=loop_factory()) as runner,
    ):
        rows = runner.run(_demo(texts, Path(directory), AsyncOpenAI))
    if rows is None:
        return EXIT_CANNOT_START
    if args.json:
        say_json(rows)
    else:
        show(rows, texts)
    return EXIT_DONE


async def _demo(texts: Texts, directory: Path, client: Any) -> list[dict[str, Any]] | None:
    """Return what was asked and what became of it; None where no engine can start."""
    # A key of its own: a demo must not leave one in the owner's keyring.
    environment = {"BUTLER_MASTER_KEY": _throw_away_key()}
    options = StartOptions(directory, environment, {"server.port": 0, "admin.port": 0})
    engine = Engine(options)
    try:
        await engine.start()
    except StartError as error:
        complain_of(error.problems, texts)
        return None
    try:
        return await _ask_all(engine, client)
    finally:
        await engine.stop()


async def _ask_all(engine: Engine, official: Any) -> list[dict[str, Any]]:
    """Send every prompt through the official client, then read what was recorded of it."""
    token = engine.first_token.token if engine.first_token else ""
    rows: list[dict[str, Any]] = []
    async with official(base_url=engine.base_url, api_key=token) as client:
        for prompt in PROMPTS:
            rows.append(await _ask(client, prompt))
    recorded = await recorded_calls(engine, len(rows))
    for row in rows:
        call = recorded[row.pop("request_id")]
        row |= {
            "task": call["task"],
            "layer": call["layer"],
            "rule": call["rule_name"],
            "model": call["target"],
            "overhead_ms": call["overhead_ms"],
        }
    return rows


async def _ask(client: Any, prompt: str) -> dict[str, Any]:
    """Stream one answer; TTFT is what the client sees, from sending to the first word."""
    started = time.perf_counter()
    ttft_ms = None
    answer = ""
    response = await client.chat.completions.with_raw_response.create(
        model="auto", messages=[{"role": "user", "content": prompt}], stream=True
    )
    async for chunk in response.parse():
        said = chunk.choices[0].delta.content if chunk.choices else None
        if said and ttft_ms is None:
            ttft_ms = (time.perf_counter() - started) * 1000
        answer += said or ""
    if not answer or ttft_ms is None:
        raise CommandFailed("demo.no_answer")
    request_id = response.headers["x-butler-request-id"]
    return {"prompt": prompt, "request_id": request_id, "ttft_ms": ttft_ms, "answer": answer}


async def recorded_calls(
    engine: Engine, count: int, within_s: float = _RECORDED_WITHIN_S
) -> dict[str, dict[str, Any]]:
    """Return the recorded calls by id, once the ledger has written so many.

    Raises CommandFailed when it does not in time.
    """
    try:
        async with asyncio.timeout(within_s), _admin_session(engine) as session:
            while True:
                async with session.get("/api/v1/requests", params={"limit": "100"}) as response:
                    calls = (await response.json())["items"]
                if len(calls) >= count:
                    return {call["id"]: call for call in calls}
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise CommandFailed("demo.not_recorded", count=count, seconds=f"{within_s:g}") from None


def _admin_session(engine: Engine) -> aiohttp.ClientSession:
    headers = {"Authorization": f"Bearer {engine.admin_token}"}
    return aiohttp.ClientSession(engine.admin_url, headers=headers)


def show(rows: list[dict[str, Any]], texts: Texts) -> None:
    """Write the answers as a table."""
    columns = ("prompt", "task", "layer", "rule", "model", "ttft", "overhead")
    lines = [
        (
            shorten(row["prompt"], 46),
            row["task"],
            row["layer"],
            shorten(row["rule"] or "-", 28),
            row["model"],
            f"{row['ttft_ms']:.1f}",
            f"{row['overhead_ms']:.2f}",
        )
        for row in rows
    ]
    say(titled(texts, columns, lines))
    say()
    say(texts("demo.nothing_left"))


def _throw_away_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()
