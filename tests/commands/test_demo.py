"""`butler demo`: routing at work in a minute, on this machine alone."""

from pathlib import Path

import pytest

from butler.commands.demo import recorded_calls, show
from butler.commands.exit_codes import CommandFailed
from butler.commands.language import texts_of
from tests.commands.conftest import Run
from tests.e2e.house import House

FACTS = {"prompt", "task", "layer", "rule", "model", "ttft_ms", "overhead_ms", "answer"}


@pytest.mark.slow
def test_a_dozen_prompts_in_two_languages(
    butler: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever the owner has set must not reach the demo, nor the demo the owner's directory.
    monkeypatch.setenv("BUTLER_PORT", "1")
    done = butler("demo", "--json")
    assert done.status == 0, done.err
    rows = done.json
    assert len(rows) == 12
    assert all(set(row) == FACTS for row in rows)
    assert {row["layer"] for row in rows} >= {"rules", "default"}
    assert {row["layer"] for row in rows} <= {"rules", "semantic", "default"}
    assert {row["model"] for row in rows} == {"demo/cheap", "demo/strong"}
    assert {row["task"] for row in rows} >= {"coding", "math", "chat", "translation"}
    assert all(row["ttft_ms"] > 0 and row["overhead_ms"] >= 0 for row in rows)
    chinese = [row for row in rows if not row["prompt"].isascii()]
    assert len(chinese) >= 4
    assert sum("演示模型" in row["answer"] for row in rows) >= 3
    assert not data_dir.exists()


def test_a_table_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    usual = {"task": "chat", "layer": "rules", "model": "demo/cheap", "ttft_ms": 5.04}
    rows = [
        {**usual, "prompt": "你好," * 30, "rule": None, "overhead_ms": 0.256},
        {**usual, "prompt": "Hi!", "rule": "a rule", "overhead_ms": 12},
    ]
    show(rows, texts_of("en"))
    head, first, second, empty, last = capsys.readouterr().out.splitlines()
    columns = ["PROMPT", "TASK", "LAYER", "RULE", "MODEL", "TTFT MS", "OVERHEAD MS"]
    assert head.split("  ")[0] == "PROMPT"
    assert all(word in head for word in columns)
    assert first.split()[1:] == ["chat", "rules", "-", "demo/cheap", "5.0", "0.26"]
    assert second.endswith("12.00")
    assert (empty, "nothing left it" in last) == ("", True)


async def test_a_log_that_is_not_written_is_not_waited_for_for_ever(house: House) -> None:
    assert await recorded_calls(house.engine, 0) == {}
    with pytest.raises(CommandFailed) as failure:
        await recorded_calls(house.engine, 1, 0.2)
    said = texts_of("en")(failure.value.key, **failure.value.values)
    assert "did not record its 1 calls within 0.2 s" in said
