"""Local is what stays on the owner's machines."""

import pytest

from butler.engine.providers.locality import is_local, is_loopback


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:11434/v1",
        "http://127.0.0.1:1234",
        "http://[::1]:8000/v1",
        "http://127.9.9.9",
    ],
)
def test_a_loopback_address_is_local_by_itself(url: str) -> None:
    assert is_loopback(url)
    assert is_local(url, {})
    assert not is_local(url, {"local": False})


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/v1",
        "http://192.168.1.9:11434",
        "http://localhost.example.com",
        "x",
        "http://[",
    ],
)
def test_any_other_is_local_only_where_the_owner_says_so(url: str) -> None:
    assert not is_local(url, {})
    assert is_local(url, {"local": True})
