"""Errors of ours are for people: what is wrong, and what to do."""

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.errors import (
    ButlerError,
    ClientError,
    ConfigError,
    FailureKind,
    StartError,
    StoreError,
    UpstreamError,
    VaultError,
    problem,
)


@pytest.mark.parametrize("kind", [ConfigError, StartError, StoreError, VaultError])
def test_an_error_with_problems_reads_like_the_first(kind: type[ConfigError]) -> None:
    first = problem(ProblemCode.INVALID, "It is broken.", "Mend it.", "field")
    error = kind(first, problem(ProblemCode.CONFLICT, "So is this."))
    assert str(error) == "It is broken. Mend it."
    assert [found.code for found in error.problems] == ["invalid", "conflict"]
    assert str(kind(problem(ProblemCode.INVALID, "Only this."))) == "Only this."


def test_all_are_ours() -> None:
    for kind in (ClientError, UpstreamError, ConfigError, StartError, StoreError, VaultError):
        assert issubclass(kind, ButlerError)
    assert issubclass(StoreError, StartError)
    assert issubclass(VaultError, StartError)


def test_what_a_client_error_carries() -> None:
    error = ClientError(404, "model_not_found", "No.", param="model")
    assert (error.status, error.code, error.param) == (404, "model_not_found", "model")
    assert (str(error), error.type) == ("No.", "invalid_request_error")


def test_an_upstream_error_keeps_the_body_out_of_its_text() -> None:
    error = UpstreamError(FailureKind.SERVER, "Broken.", status=500, body=b"a prompt")
    assert "prompt" not in f"{error} {error!r}"
