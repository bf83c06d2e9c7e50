"""`butler requests`: the log in words, in JSON, and as a file."""

import csv
from pathlib import Path

import orjson

from tests.commands.conftest import Run, beside
from tests.e2e.house import House
from tests.fakes import Answer, Upstream


async def asked(house: House, up: Upstream) -> None:
    """Two calls: one answered, one refused."""
    await house.add(up)
    up.script(Answer(text="yes"))
    await house.ask("acme/alpha")
    await house.ask("acme/nobody")
    await house.rows(2)


async def test_the_log(house: House, up: Upstream, butler: Run) -> None:
    await asked(house, up)
    titles, refused, answered = (await beside(butler, "requests", "list")).out.splitlines()
    assert titles.split()[:4] == ["WHEN", "LAYER", "MODEL", "WHY"]
    assert " 404 " in refused
    assert " acme/alpha " in answered
    newest, oldest = (await beside(butler, "requests", "list", "--json")).json
    assert (newest["status"], oldest["target"]) == (404, "acme/alpha")
    before = ("--before", newest["id"], "--limit", "5", "--json")
    assert (await beside(butler, "requests", "list", *before)).json == [oldest]
    only = await beside(butler, "requests", "list", "--model", "acme/alpha", "--json")
    assert only.json == [oldest]
    failed = await beside(butler, "requests", "list", "--status", "error", "--json")
    assert failed.json == [newest]


async def test_one_request(house: House, up: Upstream, butler: Run) -> None:
    await asked(house, up)
    (answered,) = (await beside(butler, "requests", "list", "--status", "ok", "--json")).json
    shown = (await beside(butler, "requests", "show", answered["id"])).out
    assert shown.startswith(f"Request   {answered['id']}\n")
    assert "LAYER" in shown
    assert "acme/alpha answered" in shown
    chinese = (await beside(butler, "requests", "show", answered["id"], "--lang", "zh")).out
    assert chinese.startswith(f"请求      {answered['id']}\n")
    assert (await beside(butler, "requests", "show", answered["id"], "--json")).json == answered
    assert (await beside(butler, "requests", "show", "req_none")).status == 1


async def test_the_log_as_a_file(house: House, up: Upstream, butler: Run, tmp_path: Path) -> None:
    await asked(house, up)
    table, lines = tmp_path / "log.csv", tmp_path / "log.jsonl"
    assert (await beside(butler, "requests", "export", str(table))).out == ""
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert [row["status"] for row in rows] == ["404", "200"]
    await beside(butler, "requests", "export", str(lines), "--status", "ok")
    (only,) = map(orjson.loads, lines.read_bytes().splitlines())
    assert only["target"] == "acme/alpha"
    through = await beside(butler, "requests", "export", "-", "--json", "--status", "ok")
    assert through.out.encode() == lines.read_bytes()


async def test_kept_words(house: House, up: Upstream, butler: Run) -> None:
    await house.set(log__bodies="full")
    await asked(house, up)
    (call,) = (await beside(butler, "requests", "list", "--status", "ok", "--json")).json
    words = await beside(butler, "requests", "words", call["id"])
    assert (words.status, "Hello there" in words.out, words.out.endswith("yes\n")) == (
        0,
        True,
        True,
    )
    assert (await beside(butler, "requests", "words", call["id"], "--json")).json["answer"] == "yes"
    forgotten = await beside(butler, "requests", "forget", call["id"])
    assert forgotten.out == "Forgotten: the words of 1 requests.\n"
    assert (await beside(butler, "requests", "words", call["id"])).status == 1
    assert (await beside(butler, "requests", "forget", "--all", "--json")).status == 0
    for words_ in ((), (call["id"], "--all")):
        assert (await beside(butler, "requests", "forget", *words_)).status == 2


def test_what_does_not_fit_is_refused(butler: Run, tmp_path: Path) -> None:
    done = butler("requests", "list", "--from", "soon")
    assert (done.status, done.out) == (1, "")
    file = tmp_path / "log.csv"
    assert butler("requests", "export", str(file), "--from", "soon").status == 1
    assert not file.exists()
