"""Statistics: the same from roll-ups and from rows, for any stretch, group and filter."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import figures, requests, rollups
from butler.engine.store.figures import Question, Sums, added, cover
from butler.engine.store.measures import DIMENSIONS, EVERYTHING, WIDTHS, bin_of, quarter_of
from butler.engine.store.requests import RequestRecord
from tests.engine.store.records import request

START = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
FIRST = quarter_of(START)
DAYS = 3
EVERYWHERE = {"token": ["tok_1", "tok_2"], "streaming": ["true", "false"]}
"""Filters that let everything through, but leave only the rows to ask."""


@pytest.fixture
async def calls(connection: AsyncConnection) -> list[RequestRecord]:
    """Calls of three days, stored with their roll-ups."""
    chance = random.Random(17)
    found = [request(f"req_{number:03}", **anything(chance)) for number in range(400)]
    await requests.add_many(connection, found)
    for week in await rollups.missing_weeks(connection):
        await rollups.rebuild(connection, week)
    return found


def anything(chance: random.Random) -> dict[str, Any]:
    priced = chance.random() < 0.8
    return {
        "started_at": START + timedelta(seconds=chance.randrange(DAYS * 86_400)),
        "layer": chance.choice(["rules", "default", "exact_cache", None]),
        "target": chance.choice(["a/one", "a/two", "b/one", None]),
        "token_id": chance.choice(["tok_1", "tok_2"]),
        "client": chance.choice(["Cline", "curl", None]),
        "modalities": chance.choice([("text",), ("image", "text")]),
        "streaming": chance.random() < 0.5,
        "fallback": chance.choice([None, None, "timeout", "cut"]),
        "status": chance.choice([200, 200, 499, 502]),
        "input_tokens": chance.randrange(1_000),
        "output_tokens": chance.randrange(1_000),
        "cost_usd": Decimal(chance.randrange(1_000)) / 1_000_000 if priced else None,
        "baseline_usd": Decimal(chance.randrange(1_000)) / 1_000_000,
        "cost_source": "priced" if priced else "unpriced",
        "overhead_ms": chance.lognormvariate(0, 1),
        "ttft_ms": chance.choice([None, 100.0]),
        "duration_ms": chance.uniform(50, 5_000),
    }


def within(calls: list[RequestRecord], first: int, stop: int) -> list[RequestRecord]:
    return [call for call in calls if first <= call.quarter < stop]


async def test_every_dimension_from_roll_ups_as_from_rows(
    connection: AsyncConnection, calls: list[RequestRecord]
) -> None:
    stretches = [(FIRST + 1, FIRST + 50), (FIRST + 50, FIRST + 51), (FIRST + 51, FIRST + 250)]
    inside = [len(within(calls, *stretch)) for stretch in stretches]
    for dimension in DIMENSIONS:
        kept = await figures.sums(connection, stretches, Question(dimension))
        totals = [added(s for (part, _), s in kept.items() if part == at) for at in range(3)]
        assert [total.requests for total in totals] == inside
        question = Question(dimension, EVERYWHERE)
        assert question.in_rollups is None
        if dimension == "fallback":
            # From rows only those that did fall back are counted.
            kept = {place: sums for place, sums in kept.items() if place[1]}
        assert await figures.sums(connection, stretches, question) == kept, dimension


async def test_sums_are_those_of_the_calls(
    connection: AsyncConnection, calls: list[RequestRecord]
) -> None:
    found = await figures.sums(connection, [(FIRST, FIRST + 300)], Question("model"))
    mine = [call for call in calls if call.target == "a/one"]
    sums = found[0, "a/one"]
    assert sums.requests == len(mine)
    assert sums.errors == sum(call.status == 502 for call in mine)
    assert sums.cancelled == sum(call.status == 499 for call in mine)
    assert sums.unpriced == sum(call.cost_usd is None for call in mine)
    assert sums.input_tokens == sum(call.input_tokens or 0 for call in mine)
    cost = sum((call.cost_usd or Decimal(0) for call in mine), Decimal(0))
    assert sums.cost_picousd == cost * 10**12
    assert sums.covered == sum(call.cost_usd is not None for call in mine)
    assert sums.covered_picousd == sums.cost_picousd


FILTERS: list[dict[str, list[str]]] = [
    {"layer": ["rules", ""]},
    {"layer": ["rules"], "model": ["a/one", "a/two"]},
    {"client": ["Cline"]},
    {"modality": ['["image","text"]'], "streaming": ["true"]},
    {"provider": ["nobody"]},
]


async def test_filters(connection: AsyncConnection, calls: list[RequestRecord]) -> None:
    read = {
        "layer": lambda call: call.layer or "",
        "model": lambda call: call.target or "",
        "client": lambda call: call.client or "",
        "provider": lambda call: call.provider or "",
        "modality": lambda call: '["image","text"]' if len(call.modalities) > 1 else '["text"]',
        "streaming": lambda call: "true" if call.streaming else "false",
    }
    for filters in FILTERS:
        chosen = [
            call
            for call in calls
            if all(read[name](call) in given for name, given in filters.items())
        ]
        for dimension in (EVERYTHING, "layer"):
            question = Question(dimension, filters)
            cells = await figures.sums(connection, [(FIRST, FIRST + 300)], question)
            assert added(cells.values()).requests == len(chosen), filters


def test_what_roll_ups_can_answer() -> None:
    assert Question().in_rollups == EVERYTHING
    assert Question("layer").in_rollups == "layer"
    assert Question(EVERYTHING, {"layer": ["x"]}).in_rollups == "layer"
    assert Question("layer", {"layer": ["x"]}).in_rollups == "layer"
    assert Question("model", {"layer": ["x"]}).in_rollups is None
    assert Question(EVERYTHING, {"layer": ["x"], "model": ["y"]}).in_rollups is None
    assert Question("token").in_histograms is None
    assert Question("model").in_histograms == "model"


async def test_histograms_from_roll_ups_as_from_rows(
    connection: AsyncConnection, calls: list[RequestRecord]
) -> None:
    stretch = (FIRST + 3, FIRST + 200)
    inside = within(calls, *stretch)
    for dimension in (EVERYTHING, "layer", "model"):
        kept = await figures.histograms(connection, stretch, Question(dimension))
        question = Question(dimension, EVERYWHERE)
        assert kept == await figures.histograms(connection, stretch, question)
        durations = [bins for (_, measure), bins in kept.items() if measure == "duration_ms"]
        assert sum(sum(bins.values()) for bins in durations) == len(inside)
        longest = bin_of(max(call.duration_ms for call in inside))
        assert max(max(bins) for bins in durations) == longest


def test_a_stretch_is_covered_once_by_the_longest_roll_ups() -> None:
    chance = random.Random(1)
    for _ in range(300):
        first = chance.randrange(3_000)
        stop = first + chance.randrange(3_000)
        pieces = list(cover(first, stop))
        quarters = [at for _, low, high in pieces for at in range(low, high)]
        assert sorted(quarters) == list(range(first, stop))
        for width, low, high in pieces:
            assert low % width == high % width == 0
        # Never more single quarters or hours than the ends need.
        assert sum((high - low) // width for width, low, high in pieces) <= 6 + 2 * (3 + 3 + 5 + 6)
    assert list(cover(0, 672)) == [(WIDTHS[0], 0, 672)]


def test_sums_of_nothing() -> None:
    assert added([]) == Sums()
