"""Private things are found by kind, wherever they stand; what only looks like them is not."""

import json
import time
from typing import Any

import pytest

from butler.engine.signals.sensitive import Sensitive, find_sensitive, mask_secrets

KEY = "sk-proj-aB3dE5fG7hJ9kL1mN2pQ"
NAMED = "Zx81kQ0pLmN7vB3cR5tYw2Ee"


def found(text: str, role: str = "user") -> list[str]:
    return sorted(find_sensitive({"messages": [{"role": role, "content": text}]}))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"my key is {KEY}.", "api_key"),
        (f"钥匙是{KEY}", "api_key"),
        ("AKIAIOSFODNN7EXAMPLE", "api_key"),
        ("ghp_" + "a1B2c3D4e5F6" * 3, "api_key"),
        ("AIza" + "Sy1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV"[:35], "api_key"),
        ("api_key = 'Zx81kQ0pLmN7vB3cR5tYw2Ee'", "api_key"),
        ("Authorization: Bearer Zx81kQ0pLmN7vB3cR5tYw2Ee", "api_key"),
        ("password: hunter2!", "password"),
        ("PASSWORD='s3cr3t'", "password"),
        ("my password is hunter22", "password"),
        ("密码是abc12345", "password"),
        ("postgres://me:s3cret@db.internal/x", "password"),
        ("-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEow" * 20, "private_key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\n" + "b3BlbnNz" * 20, "private_key"),
        ("pay with 4111 1111 1111 1111 please", "card"),
        ("IBAN DE89 3704 0044 0532 0130 00", "iban"),
        ("write to alice@example.com", "email"),
        ("写信给bob@acme.io吧", "email"),
        ("call +49 170 1234567", "phone"),
        ("电话13812345678。", "phone"),
        ("id 11010519491231002X", "national_id"),
        ("ssn 123-45-6789", "national_id"),
    ],
)
def test_private_things_are_found(text: str, kind: str) -> None:
    assert kind in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Refactor the token parser in sk-learn-really-long-name-of-thing.",
        "password = request.form['password']",
        "password: str = None",
        "the password is wrong, and the secret of a good life is happiness",
        "password=$PASSWORD",
        "api_key = YOUR_API_KEY_GOES_RIGHT_HERE_123",
        "What does -----BEGIN PRIVATE KEY----- mean?",
        "4111111111111112",
        "uuid 123e4567-e89b-12d3-a456-426614174000 at 1700000000000",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "noreply@github.com and git@github.com:acme/x.git and icon@2x.png",
        "version 1.2.3.4, 10:30, 2026-11-23, 3.14159265358979",
    ],
)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "body",
    [
        {"messages": [{"role": "user", "content": [{"type": "text", "text": KEY}]}]},
        {"messages": [{"role": "tool", "tool_call_id": "1", "content": KEY}]},
        {"messages": [{"role": "user", "content": [{"type": "tool_result", "content": KEY}]}]},
        {
            "messages": [
                {
                    "role": "assistant",
                    "tool_calls": [{"function": {"arguments": f'{{"a":"x\\n{KEY}"}}'}}],
                }
            ]
        },
        {"messages": [{"role": "system", "content": KEY}, {"role": "user", "content": "hi"}]},
        {"system": [{"type": "text", "text": KEY}], "messages": []},
        {"input": [{"type": "function_call_output", "output": KEY}]},
        {"input": KEY},
        {"instructions": KEY, "input": "hi"},
    ],
)
def test_a_secret_is_found_wherever_it_stands(body: dict[str, Any]) -> None:
    assert find_sensitive(body) == {"api_key"}


def test_personal_data_of_system_messages_is_nobody_s() -> None:
    assert found("Mail support@acme.io.", role="system") == []
    assert found("Mail support@acme.io.", role="tool") == ["email"]


def test_files_spelled_out_in_letters_are_not_searched() -> None:
    parts = [
        {"type": "image_url", "image_url": {"url": "data:image/png;base64," + KEY}},
        {"type": "file", "file": {"file_data": KEY}},
        {"type": "image", "source": {"data": KEY}},
    ]
    assert find_sensitive({"messages": [{"role": "user", "content": parts}]}) == frozenset()


def test_only_what_is_spelled_out_goes_unsearched() -> None:
    assert found(f"data: {KEY}") == ["api_key"]
    assert found(f"data:text/plain,{KEY}") == ["api_key"]
    assert found(f"data:image/png;base64,AAAA and my key is {KEY}") == ["api_key"]


def test_every_kind_has_words() -> None:
    assert len({kind.words for kind in Sensitive}) == len(Sensitive)


@pytest.mark.parametrize(
    "text", ["a@" * 100_000, "1 " * 100_000, "password is " * 20_000, "A1B2" * 50_000]
)
def test_long_texts_take_no_long_time(text: str) -> None:
    started = time.perf_counter()
    find_sensitive({"messages": [{"role": "user", "content": text}]})
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_secrets_are_masked_however_deep_json_stands_in_json(depth: int) -> None:
    text = json.dumps({"password": "Tr0ub4dor&3xyz", "api_key": NAMED})
    for _ in range(depth):
        text = json.dumps({"arguments": text})
    masked = mask_secrets(text)
    assert "Tr0ub" not in masked
    assert NAMED not in masked
