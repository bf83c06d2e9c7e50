"""The log as a file: what the filters let through, row by row, and nothing to calculate."""

import csv
import io
import json

from butler.engine.admin.export import FORMATS
from tests.e2e.house import House
from tests.engine.store.records import request


def table(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def test_what_a_spreadsheet_would_calculate_is_text() -> None:
    form = FORMATS["csv"]
    formulas = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1")
    evil = (*formulas, "\N{FULLWIDTH EQUALS SIGN}1", 'a,b\n"c"', "好")
    rows = [request(f"req_{at}", rule_name=text) for at, text in enumerate(evil)]
    read = table(form.head + form.lines(rows))
    shown = [row["rule_name"] for row in read]
    assert shown[-2:] == list(evil[-2:])
    assert shown[:-2] == [f"'{text}" for text in evil[:-2]]


def test_cells() -> None:
    form = FORMATS["csv"]
    row = request("req_1", modalities=("image", "text"), streaming=True, input_tokens=7)
    (read,) = table(form.head + form.lines([row]))
    assert (read["modalities"], read["streaming"], read["input_tokens"]) == (
        "image+text", "true", "7",
    )  # fmt: skip
    assert (read["cost_usd"], read["started_at"]) == ("", "2026-03-01T12:00:00.123456+00:00")


async def test_both_forms_hold_the_same_calls(house: House) -> None:
    for model in ("demo/cheap", "demo/strong", "demo/cheap"):
        await house.ask(model)
    ids = [row["id"] for row in (await house.rows(3))[::-1]]
    as_csv = await house.admin("GET", "requests/export")
    assert [row["id"] for row in table(as_csv.raw)] == ids
    assert as_csv.headers["Content-Type"].startswith("text/csv")
    assert 'filename="requests.csv"' in as_csv.headers["Content-Disposition"]
    lines = await house.admin("GET", "requests/export?format=jsonl")
    assert [json.loads(line)["id"] for line in lines.raw.splitlines()] == ids
    assert json.loads(lines.raw.splitlines()[0]) == (await house.rows(3))[-1]


async def test_the_file_follows_the_filters(house: House) -> None:
    for model in ("demo/cheap", "demo/strong"):
        await house.ask(model)
    await house.rows(2)
    got = await house.admin("GET", "requests/export?model=demo%2Fstrong")
    assert [row["target"] for row in table(got.raw)] == ["demo/strong"]
    nothing = await house.admin("GET", "requests/export?to=2020-01-01")
    assert (nothing.status, table(nothing.raw)) == (200, [])
    assert nothing.raw.startswith(b"started_at,id,")
    assert (await house.admin("GET", "requests/export?format=xls")).status == 422
