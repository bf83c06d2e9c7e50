"""The proofs of the table can fail: each of them misses what it should miss."""

from pathlib import Path
from typing import Any

import pytest

from tests.clients.errands import Cell, Scene, picture, printed, received
from tests.clients.roster import CLIENTS
from tests.clients.table import notes, row, summary
from tests.clients.told import Told

OPENAI = next(client for client in CLIENTS if client.name == "openai")


def scene(errand: str) -> Scene:
    return Scene(OPENAI, errand, 123, Path())


def told(errand: str, **changes: Any) -> Told:
    its = scene(errand)
    fields: dict[str, Any] = {
        "said": its.ask,
        "results": f"Zürich has the code {its.secret}.",
        "images": (its.image,),
        "tools": frozenset({"find_code"}),
        "is_streamed": errand == "streamed",
    }
    return Told(**{**fields, **changes})


def got(errand: str, **changes: Any) -> dict[str, Any]:
    its = scene(errand)
    tokens_in, tokens_out = its.tokens()
    fields = {"text": its.text, "pieces": 5, "input_tokens": tokens_in, "output_tokens": tokens_out}
    return {**fields, **changes}


def test_what_is_done_has_no_faults() -> None:
    assert list(received(scene("image"), [told("image")])) == []
    assert list(received(scene("tools"), [told("tools")] * 2)) == []
    assert list(received(scene("streamed"), [told("streamed")])) == []
    assert list(printed(scene("tools"), got("tools"))) == []


@pytest.mark.parametrize(
    ("errand", "changes"),
    [
        ("plain", {"said": "something else"}),
        ("plain", {"is_streamed": True}),
        ("streamed", {"is_streamed": False}),
        ("tools", {"tools": frozenset()}),
        ("tools", {"results": "Zürich has the code of another."}),
        ("tools", {"results": f"has the code {scene('tools').secret}"}),
        ("image", {"images": ()}),
        ("image", {"images": (picture(124),)}),
    ],
)
def test_what_did_not_arrive_is_a_fault(errand: str, changes: dict[str, Any]) -> None:
    turns = len(scene(errand).replies())
    assert len(list(received(scene(errand), [told(errand, **changes)] * turns))) == 1


@pytest.mark.parametrize("times", [0, 1, 3])
def test_so_is_another_number_of_requests(times: int) -> None:
    assert any("times" in it for it in received(scene("tools"), [told("tools")] * times))


@pytest.mark.parametrize(
    "changes",
    [{"error": "it fell"}, {"text": "nothing"}, {"pieces": 1}, {"input_tokens": None}],
)
def test_what_was_not_printed_is_a_fault(changes: dict[str, Any]) -> None:
    assert len(list(printed(scene("streamed"), got("streamed", **changes)))) == 1


def test_the_table_tells_holes_and_faults_apart() -> None:
    ok = Cell("it", "chat", "ollama", "plain")
    hole = Cell("it", "chat", "ollama", "streamed", hole="it can not")
    fault = Cell("it", "chat", "ollama", "tools", faults=("it fell",))
    cells = [ok, hole, fault, ok, ok]
    assert row(cells).split() == ["it", "chat", "ollama", "ok", "-", "FAILED", "ok", "ok"]
    assert list(notes(cells)) == [
        "- it, streamed: it can not",
        "FAILED it chat -> ollama, tools: it fell",
    ]
    assert summary(cells, 2.0) == "3 proved, 1 failed, 1 holes in 2 s"
