"""Any answers over any menu give rules that compile, over models that are there, and the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from butler.contract.problems import ProblemCode
from butler.contract.wizard import Aim, Spending, UseCase, WizardAnswers
from butler.engine.assistant.menu import Dish, Menu
from butler.engine.assistant.wizard import build
from butler.engine.builtin import CONDITION_KINDS
from butler.engine.call import Makes, ModelFacts, Price, Target
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.groups import GroupReader
from tests.engine.assistant.wizard.menus import FREE, dish, menu

ALL = list(UseCase)
_PRICES = st.none() | st.builds(
    Price,
    st.just("catalogue"),
    st.none() | st.decimals(0, 200, places=3),
    st.none() | st.decimals(0, 200, places=3),
)
_FACTS = st.builds(
    ModelFacts,
    context_tokens=st.none() | st.integers(1, 3_000_000),
    modalities=st.none() | st.frozensets(st.sampled_from(["text", "image", "audio"])),
    makes=st.none() | st.frozensets(st.sampled_from(list(Makes))),
    tools=st.none() | st.booleans(),
    thinking=st.none() | st.booleans(),
    price=_PRICES,
    local=st.booleans(),
)
_NAMES = st.sampled_from(
    ["gpt-4o", "gpt-4o-mini", "o3", "qwen2.5-coder:7b", "x:70b", "y:135m", "some/claude-opus-4-5"]
) | st.text("abc-{}0.5b:", min_size=1, max_size=9)
_TARGETS = st.builds(Target, st.sampled_from(["a", "b", "ollama"]), _NAMES)
_MENUS = st.dictionaries(_TARGETS, _FACTS, max_size=7).map(
    lambda known: Menu(tuple(Dish(target, facts) for target, facts in known.items()))
)


@st.composite
def _answered(draw: st.DrawFn) -> tuple[WizardAnswers, Menu]:
    there = draw(_MENUS)
    names = [str(each.target) for each in there]
    answers = WizardAnswers(
        use_cases=draw(st.lists(st.sampled_from(ALL), min_size=1, max_size=9)),
        models=draw(st.lists(st.sampled_from([*names, "gone/model"]), max_size=4)),
        spending=draw(st.sampled_from(list(Spending))),
        aims=draw(st.lists(st.sampled_from(list(Aim)), max_size=3)),
        private=draw(st.booleans()),
        language=draw(st.sampled_from(["en", "zh_CN"])),
    )
    return answers, there


@settings(deadline=None, max_examples=150)
@given(_answered())
def test_any_answers_over_any_menu(given_: tuple[WizardAnswers, Menu]) -> None:
    answers, there = given_
    draft = build(answers, there)
    assert draft == build(answers, there)
    allowed = {str(each.target) for each in there}
    if answers.models:
        allowed &= set(answers.models)
    reader = GroupReader(CONDITION_KINDS, Compiling())
    local = {str(each.target) for each in there if each.facts.local}
    for each in draft.rules:
        reader.read(each.rule.when)
        targets = [each.rule.target, *each.rule.fallbacks]
        assert set(targets) <= allowed
        assert len(set(targets)) == len(targets) <= 4
        assert set(targets) <= local or not reader.is_private(each.rule.when)
        assert each.why
        assert each.rule.cap_price is (answers.spending is Spending.SAVING)
        assert not each.problems
    names = [each.rule.name for each in draft.rules]
    assert len(set(names)) == len(names)
    assert (draft.default_target is None) is (not draft.rules)
    assert draft.default_target is None or draft.default_target in allowed
    assert bool(draft.rules) or bool(draft.notes)


def test_a_whole_set() -> None:
    draft = build(WizardAnswers(use_cases=ALL), menu())
    assert draft.by == "wizard"
    assert draft.notes == []
    names = [each.rule.name for each in draft.rules]
    assert names[:3] == ["Keep secrets here", "Images", "Very long requests"]
    assert len(names) == 3 + len(ALL)
    assert draft.default_target == "ollama/llama3.3:70b"
    assert build(WizardAnswers(use_cases=ALL, private=False), menu()).rules[0].rule.name == "Images"
    only = build(WizardAnswers(use_cases=[UseCase.MATH, UseCase.MATH]), menu())
    assert [each.rule.name for each in only.rules][3:] == ["Math and reasoning"]


def test_the_language_of_the_answers() -> None:
    answers = WizardAnswers(use_cases=[UseCase.CHAT], language="zh_CN")
    assert build(answers, menu()).rules[-1].rule.name == "聊天与问答"
    assert build(answers, menu(), "en").rules[-1].rule.name == "Chat and questions"


def test_without_any_model_it_says_what_to_do() -> None:
    draft = build(WizardAnswers(use_cases=ALL), Menu(()))
    (note,) = draft.notes
    assert (draft.rules, draft.default_target) == ([], None)
    assert note.code is ProblemCode.MISSING
    assert note.hint is not None
    assert "Add a provider" in note.hint


def test_one_model_gets_all_rules_and_a_note() -> None:
    draft = build(WizardAnswers(use_cases=ALL), Menu((dish("a/gpt-4o", ModelFacts()),)))
    assert {each.rule.target for each in draft.rules} == {"a/gpt-4o"}
    assert {tuple(each.rule.fallbacks) for each in draft.rules} == {()}
    details = " ".join(note.detail for note in draft.notes)
    assert "one model only" in details
    assert "no rule keeps secrets here" in details


def test_unpriced_and_undescribed_models_still_make_a_set() -> None:
    there = Menu(tuple(dish(f"a/model-{each}", ModelFacts()) for each in "xyz"))
    for spending in Spending:
        draft = build(WizardAnswers(use_cases=ALL, spending=spending), there)
        assert len(draft.rules) == len(ALL)
        assert {each.rule.target for each in draft.rules} == {"a/model-x"}
        assert any("reads at once" in note.detail for note in draft.notes)


def test_all_local() -> None:
    facts = ModelFacts(local=True, price=FREE, context_tokens=32_768)
    there = Menu((dish("ollama/x:7b", facts), dish("ollama/y:70b", facts)))
    draft = build(WizardAnswers(use_cases=ALL, spending=Spending.SAVING), there)
    assert draft.notes == []
    assert draft.rules[0].rule.target == "ollama/y:70b"
    assert draft.rules[0].rule.fallbacks == ["ollama/x:7b"]


def test_unknown_models_are_told_and_left_out() -> None:
    draft = build(WizardAnswers(use_cases=ALL, models=["no/such", "openai/gpt-4o"]), menu())
    assert {each.rule.target for each in draft.rules} == {"openai/gpt-4o"}
    assert draft.notes[0].code is ProblemCode.UNKNOWN_TARGET
    assert "no/such" in draft.notes[0].detail
    nothing = build(WizardAnswers(use_cases=ALL, models=["no/such"]), menu())
    assert nothing.rules == []
    assert [note.code for note in nothing.notes] == [
        ProblemCode.UNKNOWN_TARGET,
        ProblemCode.MISSING,
    ]
