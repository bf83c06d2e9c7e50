"""The guard on our own pairs, and the report about it; no embedding model is needed."""

from pathlib import Path

import pytest

from tests.eval import semcache
from tests.eval.semcache import Judged

PAIRS = Path(__file__).with_name("pairs.jsonl")
LEAST_TRUE = {"trivial": 1.0, "paraphrase": 0.9}


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    with PAIRS.open(encoding="utf-8") as lines:
        return semcache.judge(lines, None)


def test_there_are_enough_pairs_in_both_languages(judged: list[Judged]) -> None:
    han = sum(any("一" <= char <= "鿿" for char in one.a) for one in judged)

    assert len(judged) >= 400
    assert han >= 100
    assert len({(one.a, one.b) for one in judged}) == len(judged)


def test_no_pair_that_differs_is_a_candidate(judged: list[Judged]) -> None:
    assert [(one.a, one.b) for one in judged if one.is_candidate and not one.is_same] == []


@pytest.mark.parametrize("kind", LEAST_TRUE)
def test_enough_wordings_of_one_ask_are_candidates(judged: list[Judged], kind: str) -> None:
    pairs = [one for one in judged if one.kind == kind]

    assert sum(one.is_candidate for one in pairs) >= LEAST_TRUE[kind] * len(pairs)


def test_trivial_edits_need_no_model(judged: list[Judged]) -> None:
    assert all(one.is_settled for one in judged if one.kind == "trivial")


def test_a_missed_bar_is_named() -> None:
    false_hit = Judged("number", is_same=False, is_candidate=True, is_settled=True)
    no_hit = Judged("trivial edit", is_same=True, is_candidate=False, is_settled=False)

    missed = semcache.missed_bars([false_hit, no_hit])

    assert missed == ["number: 1 false hits of 1", "trivial edit: 0 true hits of 1"]


def test_half_a_percent_may_be_false() -> None:
    assert [semcache.most_false(count) for count in (100, 199, 200, 268, 1010)] == [0, 0, 1, 1, 5]


def test_the_report_shows_guarded_and_unguarded_hits() -> None:
    pair = Judged("qqp", is_same=True, is_candidate=True, is_settled=False, cosine=0.9)

    assert "100.0 / 100.0" in semcache.report([pair])


def test_a_missing_file_is_said_and_is_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert semcache.main([str(tmp_path / "none.jsonl")]) == 0
    assert "was not measured" in capsys.readouterr().out
