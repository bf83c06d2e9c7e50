"""CI's floors under the task classifier, on prompts written for this product.

The floors leave room for a cue to move or a model to be trained anew. What falls through one of
them has broken more than it mended.
"""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from butler.contract.tasks import Task
from tests.eval.tasktype import (
    BARS,
    OWN_FILE,
    Bars,
    Judged,
    calibration_error,
    judge,
    main,
    missed,
)

FLOORS = Bars(accuracy=0.88, of_each_language=0.86, f1_of_each_label=0.75, calibration_error=0.075)
ALIKE = 0.65
"""Two prompts that share more of their stretches of four letters than this are alike."""
TRAINED_ON = Path(__file__).resolve().parents[2] / "packaging" / "training" / "prompts"


def rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in OWN_FILE.read_text(encoding="utf-8").splitlines()]


def made(right: int, wrong: int, confidence: float) -> list[Judged]:
    """As many guesses of every task in both languages, the wrong ones shared among the others."""
    tasks = list(Task)
    found = []
    for lang in ("en", "zh"):
        for place, task in enumerate(tasks):
            other = tasks[(place + 1) % len(tasks)]
            found += [Judged(task, lang, True, task, confidence)] * right
            found += [Judged(task, lang, True, other, confidence)] * wrong
    return found


def test_the_classifier_keeps_the_floors() -> None:
    with OWN_FILE.open(encoding="utf-8") as lines:
        assert missed(judge(lines), FLOORS) == []


def test_there_are_enough_prompts_of_every_label_in_both_languages() -> None:
    counts = Counter((row["label"], row["lang"]) for row in rows())
    assert sum(counts.values()) >= 400
    assert set(counts) == {(task, lang) for task in Task for lang in ("en", "zh")}
    assert max(counts.values()) == min(counts.values())


def test_no_prompt_stands_twice() -> None:
    own = rows()
    assert len({row["id"] for row in own}) == len({row["text"] for row in own}) == len(own)


def test_no_prompt_is_like_one_that_the_model_was_trained_on() -> None:
    trained = [
        pieces(json.loads(line)["text"])
        for file in TRAINED_ON.glob("*/*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    alike = [row["text"] for row in rows() if is_like_any(pieces(row["text"]), trained)]
    assert alike == []


def pieces(text: str) -> frozenset[str]:
    """The stretches of four letters in a text, or the text where it is shorter."""
    plain = re.sub(r"[\W_]+", "", text.lower())
    return frozenset(plain[at : at + 4] for at in range(len(plain) - 3)) or frozenset({plain})


def is_like_any(one: frozenset[str], others: list[frozenset[str]]) -> bool:
    return any(
        len(one & other) > ALIKE * len(one | other)
        for other in others
        if min(len(one), len(other)) > ALIKE * max(len(one), len(other))
    )


def test_every_bar_can_be_missed() -> None:
    assert missed(made(9, 1, 0.9), BARS) == []
    low = missed(made(7, 3, 0.7), BARS)
    assert [line.split(" is ")[0] for line in low] == [
        "accuracy",
        "accuracy in en",
        "accuracy in zh",
    ]
    assert len(missed(made(1, 1, 0.5), BARS)) == 3 + len(Task)
    assert missed(made(9, 1, 0.6), BARS) == ["calibration error is 30.0, at most 5.0 is asked"]


def test_calibration_error_is_the_distance_from_what_was_promised() -> None:
    assert calibration_error(made(8, 2, 0.8)) == pytest.approx(0)
    assert calibration_error(made(8, 2, 0.95)) == pytest.approx(0.15)


def test_the_exit_status_says_whether_the_bars_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 0
    wrong = tmp_path / "wrong.jsonl"
    lines = [{**row, "label": "chat" if row["label"] == "math" else "math"} for row in rows()]
    wrong.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert main([str(wrong)]) == 1
    assert "odd half: accuracy is" in capsys.readouterr().out
