"""Base URLs as people write them."""

import pytest

from butler.contract.problems import ProblemCode
from butler.engine.errors import ConfigError
from butler.engine.providers.urls import base_of, root_of

CHAT = "/chat/completions"


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://api.example.com", "https://api.example.com/v1"),
        ("https://api.example.com/", "https://api.example.com/v1"),
        (" https://api.example.com/v1/ \n", "https://api.example.com/v1"),
        ("https://api.example.com/openai", "https://api.example.com/openai"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1"),
        ("http://[::1]:8000", "http://[::1]:8000/v1"),
        ("https://a.example/v1/chat/completions", "https://a.example/v1"),
        ("https://a.example/chat/completions/", "https://a.example/v1"),
        ("https://a.example/v%201/%E6%A8%A1", "https://a.example/v%201/%E6%A8%A1"),
    ],
)
def test_base_urls_as_people_write_them(base: str, url: str) -> None:
    assert base_of(base, CHAT) == url


@pytest.mark.parametrize(
    "base",
    ["", "api.example.com", "ftp://a.example", "http://", "https:///v1", "https://a.example?x=1",
     "http://[::1", "http://a.example:port", "http://a b.example", "http://u:p@a.example"],
)  # fmt: skip
def test_what_is_no_base_url_is_refused_in_words(base: str) -> None:
    with pytest.raises(ConfigError) as caught:
        base_of(base, CHAT)
    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == (ProblemCode.INVALID, "base_url")
    assert problem.hint


def test_a_password_in_it_is_not_said_again() -> None:
    with pytest.raises(ConfigError) as caught:
        base_of("https://me:s3cret@a.example/v1", CHAT)
    assert "s3cret" not in str(caught.value)


def test_the_root() -> None:
    assert root_of("http://[::1]:8000/v1/more") == "http://[::1]:8000"
