"""`x-butler-feedback`: a client's word counts for its own answers; what does not fit is told."""

from pathlib import Path

import pytest

from butler.engine.call import Call
from butler.engine.server.feedback import HEADER, take_feedback
from tests.engine.caches.similar.samples import cache as new_cache
from tests.engine.caches.similar.samples import hit
from tests.engine.calls import HELLO, new_call


def saying(value: str) -> Call:
    return new_call(HELLO, headers={HEADER: value})


async def test_a_client_takes_its_own_answer_back(tmp_path: Path) -> None:
    cache = new_cache(tmp_path)
    cache.note_hit("req_2", hit())
    call = saying("req_2 wrong")
    await take_feedback(call, cache)
    assert call.warnings == []
    assert await cache.hit("req_2") is None


@pytest.mark.parametrize("value", ["", "req_2", "req_2 right", "req_9 wrong"])
async def test_what_does_not_fit_costs_nothing(tmp_path: Path, value: str) -> None:
    cache = new_cache(tmp_path)
    cache.note_hit("req_2", hit())
    call = saying(value)
    await take_feedback(call, cache)
    assert len(call.warnings) == 1
    assert await cache.hit("req_2") == hit()


async def test_others_answers_are_not_ones_own(tmp_path: Path) -> None:
    cache = new_cache(tmp_path)
    cache.note_hit("req_2", hit(caller="tok_other"))
    call = saying("req_2 wrong")
    await take_feedback(call, cache)
    assert len(call.warnings) == 1
    assert await cache.hit("req_2") is not None
