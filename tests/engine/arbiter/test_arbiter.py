"""An arbiter's life: looked at, asked, found wanting, looked at again."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from butler.engine.arbiter.answer import Answer
from butler.engine.arbiter.arbiter import Arbiter, NoRuling
from butler.engine.arbiter.choice import Choice
from butler.engine.arbiter.places import Place
from butler.engine.arbiter.question import Question
from butler.engine.arbiter.standing import Phase
from tests.e2e.house import until
from tests.fakes.ollama import MODEL, FakeOllama, Raw, Says

ROUTES = (("coding", "Programs"), ("chat", "Small talk"))


def question(words: str = "Mend this loop") -> Question:
    return Question(ROUTES, words)


def choice(up: FakeOllama, **fields: Any) -> Choice:
    given = {"enabled": True, "url": up.url, "model": MODEL, "budget_ms": 2_000}
    return Choice(**(given | fields))


@pytest.fixture
async def arbiter() -> AsyncIterator[Arbiter]:
    """Nobody's arbiter yet."""
    living = Arbiter()
    yield living
    await living.close()


async def ready(arbiter: Arbiter, chosen: Choice) -> None:
    arbiter.follow(chosen, is_wanted=True)
    await until(lambda: arbiter.standing.is_ready)


async def test_a_real_model_chooses_among_the_routes(
    arbiter: Arbiter, real_ollama: FakeOllama
) -> None:
    await ready(arbiter, choice(real_ollama))
    found = await arbiter.judge(question())
    assert isinstance(found, Answer), found
    assert found.route in {"coding", "chat", None}
    assert found.confidence is None
    assert arbiter.standing.place is Place.HERE


async def test_a_real_model_tells_how_sure_it_is(arbiter: Arbiter, real_ollama: FakeOllama) -> None:
    real_ollama.model.tells_probabilities = True
    await ready(arbiter, choice(real_ollama))
    found = await arbiter.judge(question())
    assert isinstance(found, Answer), found
    assert found.confidence is not None
    assert 0 <= found.confidence < 0.5, "a random model can not be sure"


async def test_what_it_has_answered_is_remembered(arbiter: Arbiter, ollama: FakeOllama) -> None:
    await ready(arbiter, choice(ollama))
    before = len(ollama.asked)
    first = await arbiter.judge(question())
    assert await arbiter.judge(question()) == first == Answer("coding", None)
    assert len(ollama.asked) == before + 1


async def test_nobody_looks_at_it_before_it_is_wanted(arbiter: Arbiter, ollama: FakeOllama) -> None:
    arbiter.follow(choice(ollama), is_wanted=False)
    await asyncio.sleep(0.05)
    assert arbiter.standing.phase is Phase.IDLE
    assert not ollama.headers
    assert isinstance(await arbiter.judge(question()), NoRuling)


async def test_a_dead_server_costs_a_request_nothing(arbiter: Arbiter, ollama: FakeOllama) -> None:
    await ollama.stop()
    arbiter.follow(choice(ollama), is_wanted=True)
    await until(lambda: arbiter.standing.phase is Phase.ABSENT)
    started = time.perf_counter()
    found = await arbiter.judge(question())
    assert isinstance(found, NoRuling)
    assert "absent" in found.reason
    assert time.perf_counter() - started < 0.01
    assert arbiter.standing.looks_again_at is not None


async def test_a_server_that_dies_is_not_asked_again(arbiter: Arbiter, ollama: FakeOllama) -> None:
    await ready(arbiter, choice(ollama))
    await ollama.stop()
    found = await arbiter.judge(question())
    assert isinstance(found, NoRuling) and found.was_asked
    assert arbiter.standing.phase is Phase.ABSENT


async def test_a_model_that_is_not_there_is_told(arbiter: Arbiter, ollama: FakeOllama) -> None:
    ollama.pulled.clear()
    arbiter.follow(choice(ollama), is_wanted=True)
    await until(lambda: arbiter.standing.phase is Phase.NO_MODEL)
    assert not ollama.asked


async def test_pulling_makes_it_ready(arbiter: Arbiter, ollama: FakeOllama) -> None:
    ollama.pulled.clear()
    chosen = choice(ollama)
    shares: list[float | None] = []
    arbiter.follow(chosen, is_wanted=True)
    await until(lambda: arbiter.standing.looks_again_at is not None)
    arbiter.listen(lambda: shares.append(_share(arbiter)))
    await arbiter.pull(chosen)
    await until(lambda: arbiter.standing.is_ready)
    assert arbiter.pulling.latest is not None
    assert not arbiter.pulling.latest.is_running
    assert arbiter.pulling.latest.error is None
    assert shares[-1] == 1.0


def _share(arbiter: Arbiter) -> float | None:
    latest = arbiter.pulling.latest
    return latest.progress.share if latest else None


async def test_a_cold_model_is_loaded_behind_the_requests(
    arbiter: Arbiter, ollama: FakeOllama
) -> None:
    ollama.faults.append(Says('{"route": "coding"}', after_s=0.3))
    arbiter.follow(choice(ollama, budget_ms=200), is_wanted=True)
    await until(lambda: bool(ollama.asked))
    found = await arbiter.judge(question())
    assert isinstance(found, NoRuling)
    assert "loading" in found.reason
    await until(lambda: arbiter.standing.is_ready)


async def test_a_slow_machine_is_measured_and_not_asked(
    arbiter: Arbiter, ollama: FakeOllama
) -> None:
    ollama.model.delay_s = 0.1
    arbiter.follow(choice(ollama, budget_ms=50), is_wanted=True)
    await until(lambda: arbiter.standing.phase is Phase.SLOW)
    assert (arbiter.inquiries.timing.percentile(50) or 0) > 100
    asked = len(ollama.asked)
    assert isinstance(await arbiter.judge(question()), NoRuling)
    assert len(ollama.asked) == asked


async def test_one_that_becomes_slow_is_left_alone(arbiter: Arbiter, ollama: FakeOllama) -> None:
    await ready(arbiter, choice(ollama, budget_ms=60))
    ollama.model.delay_s = 0.1
    for number in range(3):
        await arbiter.judge(question(str(number)))
    assert arbiter.standing.phase is Phase.SLOW
    assert isinstance(await arbiter.judge(question("again")), NoRuling)


async def test_questions_never_pile_up(arbiter: Arbiter, ollama: FakeOllama) -> None:
    await ready(arbiter, choice(ollama))
    ollama.model.delay_s = 0.2
    found = await asyncio.gather(*(arbiter.judge(question(str(n))) for n in range(20)))
    assert sum(isinstance(one, Answer) for one in found) == 1
    assert ollama.most_in_flight == 1


async def test_who_asks_the_same_waits_together(arbiter: Arbiter, ollama: FakeOllama) -> None:
    await ready(arbiter, choice(ollama))
    ollama.model.delay_s, before = 0.1, len(ollama.asked)
    found = await asyncio.gather(*(arbiter.judge(question()) for _ in range(5)))
    assert found == [Answer("coding", None)] * 5
    assert len(ollama.asked) == before + 1


async def test_an_answer_that_came_too_late_serves_the_next(
    arbiter: Arbiter, ollama: FakeOllama
) -> None:
    await ready(arbiter, choice(ollama))
    ollama.model.delay_s = 0.15
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(arbiter.judge(question()), 0.03)
    await until(lambda: len(arbiter.inquiries.memory) > 0)
    before = len(ollama.asked)
    assert await arbiter.judge(question()) == Answer("coding", None)
    assert len(ollama.asked) == before


async def test_lies_in_a_row_make_it_a_failing_one(arbiter: Arbiter, ollama: FakeOllama) -> None:
    await ready(arbiter, choice(ollama))
    ollama.faults += [Says("Gladly!"), Says('{"route": "admin"}'), Raw(b"oops", status=500)]
    for number in range(3):
        found = await arbiter.judge(question(str(number)))
        assert isinstance(found, NoRuling) and found.was_asked
    assert arbiter.standing.phase is Phase.FAILING


async def test_a_change_of_settings_ends_no_request(arbiter: Arbiter, ollama: FakeOllama) -> None:
    await ready(arbiter, choice(ollama))
    ollama.model.delay_s = 1.0
    asking = asyncio.create_task(arbiter.judge(question()))
    await until(lambda: ollama.in_flight == 1)
    arbiter.follow(choice(ollama, enabled=False), is_wanted=True)
    assert isinstance(await asking, NoRuling)
    assert arbiter.standing.phase is Phase.OFF


async def test_metadata_of_a_cloud_is_never_asked(arbiter: Arbiter, ollama: FakeOllama) -> None:
    arbiter.follow(choice(ollama, url="http://169.254.169.254"), is_wanted=True)
    await until(lambda: arbiter.standing.phase is Phase.FORBIDDEN)


async def test_a_public_address_needs_its_owners_word(arbiter: Arbiter, ollama: FakeOllama) -> None:
    arbiter.follow(choice(ollama, url="http://8.8.8.8:11434"), is_wanted=True)
    await until(lambda: arbiter.standing.phase is Phase.FORBIDDEN)
    assert "outside" in arbiter.standing.reason
