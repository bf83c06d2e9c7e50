"""The form of the whole: long material, a passage with a question, the right kind of talk."""

from butler.contract.tasks import Task
from butler.engine.signals.task.evidence import Evidence
from butler.engine.signals.task.forms import read_forms
from butler.engine.signals.task.passages import read_prompt

PASSAGE = "The mill was built in 1820 by two brothers who had come from the north. " * 4


def read(text: str, ordered: bool = False) -> Evidence:
    evidence = Evidence()
    prompt = read_prompt(text)
    read_forms(prompt, prompt.ask(), ordered, evidence)
    return evidence


def test_long_material_speaks_against_small_talk() -> None:
    evidence = read("I went there. " * 60)
    assert evidence.score(Task.CHAT) < 0
    assert evidence.score(Task.SUMMARIZATION) > 0


def test_a_question_beside_a_passage_is_analysis() -> None:
    for text in (f"Who built the mill?\n\n{PASSAGE}", f"{PASSAGE}\nWhen was the mill built?"):
        assert read(text).score(Task.ANALYSIS) >= 3
    assert (
        read("谁建了这座磨坊？\n" + "磨坊由两兄弟于1820年建成，他们来自北方。" * 6).score(
            Task.ANALYSIS
        )
        >= 3
    )


def test_a_persons_own_story_is_no_passage() -> None:
    story = "I lost my job and my flat and I do not know where I should go. " * 4
    assert read(f"What should I do?\n{story}").score(Task.ANALYSIS) < 1


def test_a_short_passage_is_none() -> None:
    assert read("Who built it?\nTwo brothers.").score(Task.ANALYSIS) == 0


def test_each_script_is_judged_by_its_own_talk() -> None:
    assert read("你好可爱呀").score(Task.CHAT) > 0
    assert read("I miss you").score(Task.CHAT) > 0
    assert read("write me a letter", ordered=True).score(Task.CHAT) == 0


def test_word_problems_are_seen() -> None:
    assert read("Ann has 3 apples and buys 4. How many has she?").score(Task.MATH) >= 3
