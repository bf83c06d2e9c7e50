"""Which model suits whom."""

from butler.contract.wizard import Aim, Spending, UseCase
from butler.engine.assistant.wizard.known import read
from butler.engine.assistant.wizard.ranking import Part, ranked
from butler.engine.assistant.wizard.taste import taste
from butler.engine.call import ModelFacts
from tests.engine.assistant.wizard.menus import FREE, dish, menu, price


def order(spending: Spending, case: UseCase | None = None, *aims: Aim) -> list[str]:
    return [str(it.known.target) for it in ranked(read(menu()), taste(spending, aims, case))]


def test_saving_quality_and_balance_choose_differently() -> None:
    assert order(Spending.QUALITY, UseCase.CODING)[0] == "anthropic/claude-opus-4-5"
    assert order(Spending.SAVING, UseCase.CODING)[0] == "ollama/qwen2.5-coder:7b"
    assert order(Spending.BALANCED, UseCase.CODING)[0] == "anthropic/claude-opus-4-5"
    assert order(Spending.BALANCED, UseCase.CHAT)[0] == "ollama/llama3.3:70b"


def test_speed_first_prefers_what_is_called_small() -> None:
    remote = [it for it in read(menu()) if not it.local]
    wanted = taste(Spending.BALANCED, [Aim.LATENCY, Aim.COST, Aim.QUALITY], UseCase.CHAT)
    assert str(ranked(remote, wanted)[0].known.target) == "openai/gpt-4o-mini"


def test_an_unpriced_model_counts_as_the_others_mean() -> None:
    known = read(
        [
            dish("a/dear", ModelFacts(price=price("10", "40"))),
            dish("a/unpriced", ModelFacts()),
            dish("a/cheap", ModelFacts(price=price("0.1", "0.2"))),
        ]
    )
    for spending, first in ((Spending.SAVING, "a/cheap"), (Spending.QUALITY, "a/dear")):
        found = [str(it.known.target) for it in ranked(known, taste(spending, []))]
        assert (found[0], found[1]) == (first, "a/unpriced")


def test_equal_models_keep_the_owners_order_and_nothing_speaks_for_either() -> None:
    known = read([dish("b/one", ModelFacts()), dish("a/two", ModelFacts())])
    first, second = ranked(known, taste(Spending.BALANCED, []))
    assert str(first.known.target) == "b/one"
    assert first.score == second.score
    assert first.advantage(second) is None


def test_coders_code_and_the_toolless_do_not() -> None:
    same = price("1", "2")
    known = read(
        [
            dish("a/plain", ModelFacts(price=same, tools=False)),
            dish("a/general", ModelFacts(price=same)),
            dish("a/coder", ModelFacts(price=same)),
        ]
    )
    coding = ranked(known, taste(Spending.BALANCED, [], UseCase.CODING))
    assert [it.known.target.model for it in coding] == ["coder", "general", "plain"]
    assert coding[0].advantage(coding[1]) is Part.MADE_FOR
    assert coding[1].advantage(coding[2]) is Part.TOOLS
    chat = ranked(known, taste(Spending.BALANCED, [], UseCase.CHAT))
    assert [it.known.target.model for it in chat] == ["plain", "general", "coder"]


def test_what_is_tiny_answers_only_those_who_save() -> None:
    known = read(
        [
            dish("ollama/smollm2:135m", ModelFacts(price=FREE, local=True)),
            dish("a/some-mini", ModelFacts(price=price("0.15", "0.6"))),
        ]
    )
    saving = ranked(known, taste(Spending.SAVING, [], UseCase.CHAT))
    balanced = ranked(known, taste(Spending.BALANCED, [], UseCase.CHAT))
    assert saving[0].known.local
    assert not balanced[0].known.local
    assert balanced[0].advantage(balanced[1]) is Part.TINY
