"""`butler explain`: which model would answer, and why; no model is called."""

from pathlib import Path

import orjson
import pytest

from tests.commands.conftest import Run, beside
from tests.e2e.house import House
from tests.fakes import Upstream

CODE = "Write a Python function that merges two sorted lists."
BATCH = [
    {"id": "a", "text": CODE},
    {"id": "b", "messages": [{"role": "user", "content": "你好,今天过得怎么样?"}]},
    {"id": "c", "text": "", "more": 1},
]


def test_in_words(butler: Run) -> None:
    done = butler("explain", CODE)
    assert done.status == 0
    summary, trace = done.out.split("\n\n")
    task, size, target, decided, *more = summary.splitlines()
    assert task.startswith("Task      coding (")
    assert size.startswith("Size      about ")
    assert target == "Target    demo/strong → demo/cheap"
    assert decided.startswith("Decided   by rules in ")
    assert {line.split()[0] for line in more} == {"Cost", "Else"}
    head, *steps = trace.splitlines()
    assert head.split() == ["LAYER", "OUTCOME", "MS", "WHY"]
    assert [step.split()[0] for step in steps][:2] == ["exact_cache", "direct"]
    assert ["rules", "decided"] in [step.split()[:2] for step in steps]
    chinese = butler("--lang", "zh", "explain", CODE).out
    assert chinese.startswith("任务      coding (")


async def test_prices_warnings_and_what_is_refused(house: House, up: Upstream, butler: Run) -> None:
    await house.add(up)
    for model, price in (("alpha", "1:2"), ("beta", "3:4")):
        edit = ("model", "edit", f"acme/{model}", "--price", price, "--context", "1000000")
        assert (await beside(butler, *edit)).status == 0
    await house.rule("acme/beta", "acme/alpha", name="mine")
    done = await beside(butler, "explain", CODE)
    lines_ = {line.split()[0]: line for line in done.out.split("\n\n")[0].splitlines()}
    assert lines_["Cost"].split()[1].startswith("$0.0")
    assert "acme/alpha by default, $0.0" in lines_["Else"]
    await beside(butler, "model", "edit", "acme/beta", "--context", "5")
    refused = await beside(butler, "explain", CODE)
    assert "Refused   acme/beta: " in refused.out


def test_in_json(butler: Run) -> None:
    found = butler("explain", "--json", CODE).json
    assert set(found) >= {
        "id", "task", "task_confidence", "cues", "layer", "rule", "target", "fallbacks",
        "input_tokens", "trace", "ms",
    }  # fmt: skip
    assert (found["id"], found["task"], found["target"]) == (None, "coding", "demo/strong")


@pytest.mark.parametrize("words", [(), ("-",)])
def test_a_prompt_through_a_pipe(butler: Run, words: tuple[str, ...]) -> None:
    assert butler("explain", "--json", *words, stdin=CODE.encode()).json["task"] == "coding"
    refused = butler("explain", "--json", *words, stdin=b"hello \xff")
    assert (refused.status, "no UTF-8 text" in refused.err) == (2, True)
    empty = butler("explain", *words, stdin=b" \n")
    assert (empty.status, "no prompt" in empty.err) == (2, True)


def test_a_named_model(butler: Run) -> None:
    assert butler("explain", "--model", "cheap", "--json", CODE).json["layer"] == "direct"
    unknown = butler("explain", "--model", "grok-9", CODE)
    assert (unknown.status, "grok-9" in unknown.err) == (1, True)


def test_on_behalf_of_a_token(butler: Run) -> None:
    butler("token", "add", "guest", "--allow", "demo/cheap")
    done = butler("explain", "--token", "guest", "--json", CODE)
    assert done.status in (0, 1)
    assert (done.json["target"] if done.status == 0 else None) in (None, "demo/cheap")
    assert butler("explain", "--token", "nobody", CODE).status == 1


def lines(*items: object) -> bytes:
    return b"\n".join(orjson.dumps(item) for item in items) + b"\n"


def test_a_batch_has_exactly_the_contracts_keys(butler: Run, tmp_path: Path) -> None:
    file = tmp_path / "batch.jsonl"
    file.write_bytes(lines(*BATCH) + b"\r\n\n")
    done = butler("explain", "--batch", str(file))
    assert done.status == 0, done.err
    found = [orjson.loads(line) for line in done.out.splitlines()]
    for row in found:
        assert list(row) == ["id", "task", "task_confidence", "layer", "target", "trace", "ms"]
        assert row["ms"] > 0
        assert isinstance(row["trace"], list)
    assert [row["id"] for row in found] == ["a", "b", "c"]
    assert [row["task"] for row in found][:2] == ["coding", "chat"]
    assert [row["target"] for row in found][:2] == ["demo/strong", "demo/cheap"]
    assert butler("explain", "--batch", "-", stdin=lines(*BATCH)).status == 0


def test_ids_come_back_as_they_went_in(butler: Run) -> None:
    ids = [7, "7", None, 1.5, {"a": [1]}, True, "模"]
    items = [{"id": id_, "text": "hello"} for id_ in ids] + [{"text": "hello"}]
    done = butler("explain", "--batch", "-", stdin=lines(*items))
    assert [orjson.loads(line)["id"] for line in done.out.splitlines()] == [*ids, None]


def test_a_bad_line_is_told_and_the_others_count(butler: Run, tmp_path: Path) -> None:
    bad = [b"{", b"[]", b'{"id": "x"}', b'{"text": 7}', b'{"text":"x","model":"grok-9"}', b"\xff"]
    good = b'{"id": "good", "text": "hello"}'
    done = butler("explain", "--batch", "-", stdin=b"\n".join([*bad, good]))
    assert done.status == 1
    assert [orjson.loads(line)["id"] for line in done.out.splitlines()] == ["good"]
    for number in range(1, len(bad) + 1):
        assert f"Line {number}" in done.err
    assert "Traceback" not in done.err
    missing = butler("explain", "--batch", str(tmp_path / "none"))
    assert (missing.status, "can not be read" in missing.err) == (2, True)


async def test_a_running_engine_explains_with_its_own_rules(
    house: House, up: Upstream, butler: Run
) -> None:
    await house.add(up)
    await house.rule("acme/beta")
    found = (await beside(butler, "explain", "--json", CODE)).json
    assert (found["rule"], found["target"]) == ("everything", "acme/beta")
    done = await beside(butler, "explain", "--batch", "-", stdin=lines(*BATCH))
    assert {orjson.loads(line)["target"] for line in done.out.splitlines()} == {"acme/beta"}
    assert not up.seen
