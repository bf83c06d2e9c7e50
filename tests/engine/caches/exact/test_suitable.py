"""Which requests the exact cache serves, and which answers it keeps."""

import dataclasses

import pytest

from butler.engine.caches.exact.suitable import (
    Wanted,
    may_vary,
    not_kept,
    unsuitable,
    wanted_by,
)
from butler.engine.call import Attempt, Target
from tests.engine.caches.exact.entries import entry
from tests.engine.calls import HELLO, new_call


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({}, Wanted()),
        ({"Cache-Control": "no-store"}, Wanted(untouched=True)),
        ({"Cache-Control": "private, No-Cache"}, Wanted(anew=True)),
        ({"Cache-Control": "max-age=0"}, Wanted(anew=True)),
        ({"x-butler-cache": "Bypass"}, Wanted(untouched=True)),
        ({"x-butler-cache": "refresh"}, Wanted(anew=True)),
        ({"x-butler-cache": "what"}, Wanted()),
    ],
)
def test_what_the_client_says_of_caches(headers: dict[str, str], wanted: Wanted) -> None:
    assert wanted_by(headers) == wanted


@pytest.mark.parametrize(
    "more",
    [
        {"n": 2},
        {"candidate_count": 2},
        {"logprobs": True},
        {"include": ["message.output_text.logprobs"]},
        {"cachedContent": "cachedContents/x"},
        {"audio": {"voice": "x"}, "modalities": ["text", "audio"]},
        {"store": True},
        {"background": True},
        {"previous_response_id": "resp_1"},
        {"web_search_options": {}},
        {"tools": [{"type": "web_search_20250305"}]},
        {"tools": [{"type": "code_execution_20250825"}]},
        {"tools": [{"type": "mcp"}]},
        {"mcp_servers": [{"url": "https://a.test"}]},
        {"plugins": [{"id": "web"}]},
        {"search_parameters": {"mode": "on"}},
        {"enable_search": True},
        {"model": "vendor/model:online"},
    ],
)
def test_what_no_kept_answer_can_stand_for(more: dict[str, object]) -> None:
    assert unsuitable({**HELLO, **more})


def test_what_one_can_stand_for() -> None:
    plain = {
        "n": 1,
        "candidate_count": 1,
        "include": ["reasoning.encrypted_content"],
        "seed": 3,
        "store": False,
        "modalities": ["text"],
        "logprobs": False,
        "enable_search": False,
    }
    assert unsuitable({**HELLO, **plain, "tools": [{"type": "function"}]}) is None


def test_only_a_temperature_of_zero_does_not_vary() -> None:
    assert [may_vary({**HELLO, **more}) for more in ({}, {"temperature": 1})] == [True, True]
    assert not may_vary({**HELLO, "temperature": 0.0})


def test_which_answers_are_not_kept() -> None:
    call = new_call(HELLO)
    call.target = Target("acme", "alpha")
    calling = entry().answer
    saying = dataclasses.replace(calling, calls=())
    assert not_kept(call, calling, tool_calls=False)
    assert not_kept(call, calling, tool_calls=True) is None
    assert not_kept(call, saying, tool_calls=False) is None
    call.attempts = [Attempt(Target("acme", "beta")), Attempt(call.target)]
    assert not_kept(call, saying, tool_calls=False)
