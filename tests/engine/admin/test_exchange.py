"""Typed bodies, revisions and problems."""

import json
from typing import Any

import pytest

from butler.contract.problems import ProblemCode
from butler.contract.resources import TokenSecret
from butler.engine.admin.exchange import (
    nothing_called,
    refuse,
    reply,
    reply_items,
)
from butler.engine.errors import problem
from tests.e2e.house import House
from tests.fakes import Upstream

SECRET = TokenSecret(id="tok_1", name="n", token="t")


async def test_the_revision_that_a_caller_expects(house: House) -> None:
    """`NOW` is the revision in force."""
    for header, status in (
        ("", 200), ("*", 200), ('"NOW"', 200), ("NOW", 200), (" NOW ", 200),
        ('"0"', 412), ('"999"', 412),
        ("x", 422), ("-1", 422), ("1.0", 422), ('W/"NOW"', 422), ("²", 422), ("9" * 5000, 422),
        ('"1", "2"', 422),
    ):  # fmt: skip
        now = str((await house.status())["revision"])
        sent = {"If-Match": header.replace("NOW", now)}
        got = await house.admin("PATCH", "settings", {"routing.enabled": True}, headers=sent)
        assert got.status == status, header
        if status != 200:
            assert got.problem["field"] == "If-Match"
            assert got.problem["code"] == ("stale_revision" if status == 412 else "invalid")


def test_replies() -> None:
    one = reply(SECRET, 3, 201)
    assert (one.status, one.headers["ETag"]) == (201, '"3"')
    assert json.loads(one.body or b"") == SECRET.model_dump()  # type: ignore[arg-type]
    many = reply_items([SECRET, SECRET], 3)
    assert json.loads(many.body or b"") == {"items": [SECRET.model_dump()] * 2}  # type: ignore[arg-type]
    assert reply_items([], 3).body == b'{"items":[]}'


def test_refusals() -> None:
    got = refuse(409, problem(ProblemCode.CONFLICT, "Taken.", "Choose another.", "name"))
    assert got.status == 409
    assert json.loads(got.body or b"") == {  # type: ignore[arg-type]
        "problems": [
            {"code": "conflict", "field": "name", "detail": "Taken.", "hint": "Choose another."}
        ]
    }
    assert "…" not in str(nothing_called("rule", "x" * 500))
    assert len(str(nothing_called("rule", "x" * 500))) < 200


FIELDS: list[tuple[str, dict[str, Any], str, str]] = [
    ("providers", {}, "missing", "name"),
    ("providers", {"name": "a/b", "kind": "k"}, "invalid", "name"),
    ("providers", {"name": " ", "kind": "k"}, "invalid", "name"),
    ("providers", {"name": "a", "kind": "k", "key": "x"}, "invalid", "key"),
    ("providers", {"name": "a", "kind": "k", "models": [{"name": ""}]}, "invalid", "models.0.name"),
    ("providers", {"name": "a", "kind": "k", "api_key": 7}, "invalid", "api_key"),
    ("rules", {"name": "a", "when": {}, "target": "alpha"}, "invalid", "target"),
    ("rules", {"name": "a", "when": [], "target": "a/b"}, "invalid", "when"),
    ("rules", {"name": "a", "when": {}, "target": "a/b", "priority": 1001}, "invalid", "priority"),
    ("rules", {"name": "a", "when": {}, "target": "a/b", "fallbacks": ["c/d"] * 4}, "invalid",
     "fallbacks"),
    ("tokens", {"name": "x" * 81}, "invalid", "name"),
    ("tokens", {"name": "x", "keep_copy": "perhaps"}, "invalid", "keep_copy"),
]  # fmt: skip


async def test_every_field_that_does_not_fit_is_named(
    house: House, up: Upstream, subtests: pytest.Subtests
) -> None:
    await house.add(up)
    for path, body, code, field in FIELDS:
        with subtests.test(path=path, field=field):
            got = await house.admin("POST", path, body)
            assert got.status == 422
            assert (code, field) in [
                (found["code"], found["field"]) for found in got.json["problems"]
            ]


async def test_a_text_with_a_nul_is_refused_whatever_the_database(
    house: House, up: Upstream
) -> None:
    await house.add(up)
    rule = {"when": {"all": [{"kind": "keywords", "words": ["a\0b"]}]}, "target": "acme/alpha"}
    for path, body, field in (
        ("tokens", {"name": "a\0"}, "name"),
        ("rules", {"name": "x", **rule}, "when"),
        ("providers", {"name": "p", "kind": "openai_compatible", "base_url": "a\0"}, "base_url"),
    ):
        got = await house.admin("POST", path, body)
        assert (got.status, got.problem["field"]) == (422, field)
        assert "NUL" in got.problem["hint"]
    # What only looks like one is text like any other.
    assert (await house.admin("POST", "tokens", {"name": "a\\u0000"})).status == 201
