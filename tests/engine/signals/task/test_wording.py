"""The wording's model: what it reads, that its weights are sound, and what it refuses."""

from pathlib import Path

import numpy as np
import pytest

from butler.contract.places import resource
from butler.contract.tasks import Task
from butler.engine.signals.task.passages import read_prompt
from butler.engine.signals.task.wording import (
    BITS,
    SCALES_FILE,
    WEIGHTS_FILE,
    Wording,
    read_wording,
    views,
)

MOST_BYTES = 5_000_000


@pytest.fixture(scope="module")
def wording() -> Wording:
    return read_wording(resource("models", "task"))


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("is 5183 prime", Task.MATH),
        ("what's the swedish word for grandmother", Task.TRANSLATION),
        ("1到100里面有多少个数既不是3的倍数也不是5的倍数", Task.MATH),
        ("俄语“谢谢您的款待”怎么说", Task.TRANSLATION),
    ],
)
def test_the_shipped_weights_know_what_cues_miss(wording: Wording, text: str, task: Task) -> None:
    scores = wording.scores(read_prompt(text))
    assert set(scores) == set(Task)
    assert max(scores, key=scores.__getitem__) is task


@pytest.mark.parametrize("text", ["", "   \n", "?!", "---", "\ud800 …"])
def test_what_says_nothing_reads_like_nothing(wording: Wording, text: str) -> None:
    assert set(wording.scores(read_prompt(text)).values()) == {0.0}


def test_case_spaces_and_the_digits_of_a_number_make_no_difference() -> None:
    one, other = (views(read_prompt(text)) for text in ("Add 12  and 7\tnow", "add 95 and 3 now"))
    assert [list(view) for view in one] == [list(view) for view in other]


def test_a_bucket_counts_once_however_long_the_text() -> None:
    for text in ("ab " * 20, "ab " * 2000):
        for view in views(read_prompt(text)):
            assert len(set(view.tolist())) == len(view)
            assert view.min() >= 0
            assert view.max() < 1 << BITS


def test_words_in_the_middle_of_a_long_text_are_not_read() -> None:
    edge, middle = "Please read on. " * 100, "zebra " * 1000
    assert [view.tolist() for view in views(read_prompt(edge + middle + edge))] == [
        view.tolist() for view in views(read_prompt(edge + middle.replace("z", "c") + edge))
    ]


def test_the_weights_are_small_and_plain() -> None:
    folder = resource("models", "task")
    assert sum(file.stat().st_size for file in folder.iterdir()) < MOST_BYTES
    for name in (WEIGHTS_FILE, SCALES_FILE):
        assert np.load(folder / name, allow_pickle=False).dtype.hasobject is False


def test_weights_that_are_not_there_or_of_another_shape_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=WEIGHTS_FILE):
        read_wording(tmp_path)
    np.save(tmp_path / WEIGHTS_FILE, np.zeros((4, 8), np.int8))
    np.save(tmp_path / SCALES_FILE, np.ones(8, np.float32))
    with pytest.raises(ValueError, match="make train"):
        read_wording(tmp_path)


def test_objects_in_the_file_are_never_unpickled(tmp_path: Path) -> None:
    np.save(tmp_path / WEIGHTS_FILE, np.array([{"a": 1}], object), allow_pickle=True)
    np.save(tmp_path / SCALES_FILE, np.ones(8, np.float32))
    with pytest.raises(ValueError, match="allow_pickle"):
        read_wording(tmp_path)
