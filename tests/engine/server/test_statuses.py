"""A provider's 401 is not the client's; what clients do about a failure hangs on its status."""

import pytest

from butler.engine.call import Attempt, Target
from butler.engine.dispatch.courses import COURSES
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.server.statuses import is_ours, status_of, words_of
from tests.engine.calls import new_call

KEYS = (FailureKind.KEY_REJECTED, FailureKind.OUT_OF_CREDIT)


def failure(kind: FailureKind, status: int, message: str = "No.") -> UpstreamError:
    return UpstreamError(kind, message, status=status)


@pytest.mark.parametrize("kind", FailureKind)
@pytest.mark.parametrize("status", [401, 402, 403, 407])
def test_no_status_about_a_key_reaches_a_client(kind: FailureKind, status: int) -> None:
    assert status_of(failure(kind, status)) == 400


@pytest.mark.parametrize("kind", [kind for kind in COURSES if kind not in KEYS])
@pytest.mark.parametrize("status", [400, 404, 422, 429, 500, 502, 503, 504, 529])
def test_every_other_status_is_the_vendors(kind: FailureKind, status: int) -> None:
    error = failure(kind, status)
    assert (status_of(error), is_ours(error)) == (status, False)
    assert words_of(new_call(), error) == "No."


@pytest.mark.parametrize("status", [400, 402, 429])
def test_an_empty_account_is_nothing_to_come_again_for(status: int) -> None:
    assert status_of(failure(FailureKind.OUT_OF_CREDIT, status)) == 400


def test_words_say_whose_key_it_is_and_what_to_do() -> None:
    call = new_call()
    call.attempts = [
        Attempt(Target("acme", "a"), failure="key_rejected"),
        Attempt(Target("other", "b"), outcome="skipped"),
    ]
    key = "sk-proj-" + "aB3dE6gH9" * 5
    words = words_of(call, failure(FailureKind.KEY_REJECTED, 403, f"Bad key {key}."))
    assert "“acme”" in words and "butler provider edit acme" in words
    assert "Bad key" in words
    assert key not in words
