"""Rules from phrases in both languages: exact ones for what is said, notes for what is not."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.contract.drafts import Draft, TaskLine
from butler.contract.tasks import Task
from butler.engine.assistant.menu import Dish, Menu
from butler.engine.assistant.samples import tried
from butler.engine.assistant.wording.proposing import propose
from butler.engine.builtin import CONDITION_KINDS
from butler.engine.call import ModelFacts, Price, Target
from butler.engine.routing.conditions.base import Compiling
from butler.engine.routing.groups import GroupReader
from tests.engine.calls import new_call

CHAT, MINI, SONNET = "deepseek/deepseek-chat", "openai/gpt-5-mini", "anthropic/claude-sonnet-4-5"
BIG, HERE = "openai/gpt-5.2", "ollama/qwen3:8b"


def dish(name: str, given: str, written: str, context: int, *, local: bool = False) -> Dish:
    target = Target.parse(name)
    assert target is not None
    price = Price("owner", Decimal(given), Decimal(written))
    return Dish(target, ModelFacts(context_tokens=context, price=price, local=local))


MENU = Menu(
    (
        dish(BIG, "1.75", "14", 400_000),
        dish(MINI, "0.25", "2", 400_000),
        dish(SONNET, "3", "15", 1_000_000),
        dish(CHAT, "0.27", "1.1", 128_000),
        dish(HERE, "0", "0", 40_960, local=True),
    )
)


def said(text: str) -> Draft:
    return propose(text, [], MENU, "en")


def rules(text: str) -> list[tuple[list[dict[str, Any]], list[str]]]:
    return [
        (each.rule.when["all"], [each.rule.target, *each.rule.fallbacks])
        for each in said(text).rules
    ]


def task(*tasks: str) -> dict[str, Any]:
    return {"kind": "task", "tasks": list(tasks)}


FAILING = {"kind": "health", "state": "failing", "target": BIG}
CHEAP = {"kind": "cost", "max_input_usd": 5, "max_output_usd": 5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Each of the forms that a fresh machine must understand, in both languages.
        ("use deepseek-chat for code, gpt-5-mini for chat", [([task("coding")], [CHAT]), ([task("chat")], [MINI])]),
        ("代码用 deepseek-chat，聊天用 gpt-5-mini", [([task("coding")], [CHAT]), ([task("chat")], [MINI])]),
        ("long documents over 10k tokens to claude-sonnet-4-5", [([{"kind": "tokens", "min": 10_000}], [SONNET])]),
        ("超过一万 token 的长文档用 claude-sonnet-4-5", [([{"kind": "tokens", "min": 10_000}], [SONNET])]),
        ("if gpt-5.2 is unhealthy use deepseek-chat", [([FAILING], [CHAT])]),
        ("gpt-5.2 不可用时用 deepseek-chat", [([FAILING], [CHAT])]),
        ("When gpt-5.2 is down, use deepseek-chat", [([FAILING], [CHAT])]),
        ("use deepseek-chat when gpt-5.2 is down", [([FAILING], [CHAT])]),
        ("translations cheaper than $5 per million to deepseek-chat", [([CHEAP, task("translation")], [CHAT])]),
        ("翻译用每百万 token 低于 5 美元的模型", [([CHEAP, task("translation")], [HERE])]),
        ("keep anything with secrets local", [([{"kind": "contains_secrets"}], [HERE])]),
        ("含密钥或隐私的内容只用本地模型", [([{"kind": "contains_secrets"}], [HERE])]),
        # And more of them.
        ("use deepseek-chat, fall back to gpt-5-mini then gpt-5.2 for coding", [([task("coding")], [CHAT, MINI, BIG])]),
        ("Send translations to Claude Sonnet 4.5 and math to GPT-5.2", [([task("translation")], [SONNET]), ([task("math")], [BIG])]),
        ("gpt-5-mini for summaries and translations", [([task("translation", "summarization")], [MINI])]),
        ("if it mentions 'invoice' or \"contract\" use gpt-5.2", [([{"kind": "keywords", "words": ["invoice", "contract"]}], [BIG])]),
        ("包含“发票”的用 gpt-5.2", [([{"kind": "keywords", "words": ["发票"]}], [BIG])]),
        ("images to gpt-5.2", [([{"kind": "modality", "modalities": ["image"]}], [BIG])]),
        ("between 22:00 and 07:00 use qwen3:8b", [([{"kind": "time", "from": "22:00", "to": "07:00"}], [HERE])]),
        ("title calls from Claude Code to gpt-5-mini", [([{"kind": "call_kind", "kinds": ["title"]}, {"kind": "client", "clients": ["claude-code"]}], [MINI])]),
        ("short questions under 500 tokens to gpt-5-mini", [([{"kind": "tokens", "max": 500}], [MINI])]),
        ("if it answers within 2 seconds use gpt-5.2 for code", [([{"kind": "latency", "max_ms": 2_000}, task("coding")], [BIG])]),
    ],
)  # fmt: skip
def test_a_phrase_becomes_its_rules(
    text: str, expected: list[tuple[list[dict[str, Any]], list[str]]]
) -> None:
    assert rules(text) == expected
    assert said(text).notes == []


@pytest.mark.parametrize("text", ["everything else to gpt-5-mini", "其余用 gpt-5-mini"])
def test_the_rest_is_the_default(text: str) -> None:
    draft = said(text)
    assert (draft.default_target, draft.rules, draft.notes) == (MINI, [], [])


@pytest.mark.parametrize("task_", list(Task))
def test_every_task_is_reached_by_its_line(task_: Task) -> None:
    draft = propose("", [TaskLine(task=task_, target=CHAT)], MENU, "en")
    assert draft.rules[0].rule.when == {"all": [task(task_.value)]}


def test_thinking_is_taken_over() -> None:
    with_it, without = (
        said("math with deep thinking to gpt-5.2"),
        said("chat without thinking to gpt-5.2"),
    )
    assert with_it.rules[0].rule.thinking is not None
    assert with_it.rules[0].rule.thinking.mode == "enabled"
    assert without.rules[0].rule.thinking is not None
    assert without.rules[0].rule.thinking.mode == "disabled"


@pytest.mark.parametrize(
    "text",
    ["Don't use gpt-5.2 for chat", "聊天不要用 gpt-5.2", "hello world", "use everything", "代码"],
)
def test_what_is_not_understood_is_said_and_nothing_is_made_of_it(text: str) -> None:
    draft = said(text)
    assert draft.rules == []
    assert draft.default_target is None
    assert [note.code for note in draft.notes] == ["not_understood"]


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        ("use gpt-9 for code", BIG, "“gpt-9” was taken for"),
        ("use the cheapest for chat", HERE, "“cheapest” was taken for"),
        ("Long documents to the largest", SONNET, "was taken for"),
        ("代码用最好的模型", SONNET, "“最好” was taken for"),
    ],
)
def test_whatever_is_guessed_is_warned_of(text: str, target: str, words: str) -> None:
    rule = said(text).rules[0]
    assert rule.rule.target == target
    assert any(words in warning.detail for warning in rule.warnings)
    assert rule.confidence < 0.8


def test_secrets_without_a_local_model_make_no_rule() -> None:
    away = Menu(tuple(each for each in MENU if not each.facts.local))
    draft = propose("keep anything with secrets local", [], away, "en")
    assert draft.rules == []
    assert "runs on this machine" in draft.notes[0].detail


def test_names_and_priorities_differ_and_privacy_comes_first() -> None:
    text = "code to gpt-5.2. chat to gpt-5-mini. code to deepseek-chat. keep secrets local"
    draft = said(text)
    priorities = [rule.rule.priority for rule in draft.rules]
    assert len(set(priorities)) == len(priorities)
    assert max(draft.rules, key=lambda rule: rule.rule.priority).rule.when == {
        "all": [{"kind": "contains_secrets"}]
    }
    for language in ("en", "zh_CN"):
        names = [rule.names[language] for rule in draft.rules]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_examples_come_out_as_expected(language: Any) -> None:
    text = "code to gpt-5.2. chat to gpt-5-mini. math to gpt-5.2. translation to deepseek-chat. keep secrets local"
    draft = propose(text, [], MENU, language)
    reader = GroupReader(CONDITION_KINDS, Compiling())
    samples = [
        sample
        for rule in tried(
            draft, new_call({"messages": [{"role": "user", "content": "x"}]}).runtime, reader
        ).rules
        for sample in rule.samples
    ]
    assert len(samples) == 19
    assert [sample for sample in samples if sample.holds is not sample.expected] == []


_PIECES = st.sampled_from(
    ["use", "用", "gpt-5.2", "claude", "for", "code", "代码", "，", ", ", ". ", "and", "10k tokens",
     "over", "超过", "一万", "$5", "not", "不要", "secrets", "本地", "everything else", "then", "'x'",
     "22:00", "to", "7am", "when", "down", "cheapest", "\n"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=20).map(" ".join)))
def test_any_text_gives_rules_that_compile_or_notes(text: str) -> None:
    draft = said(text)
    reader = GroupReader(CONDITION_KINDS, Compiling())
    known = {str(each.target) for each in MENU}
    for rule in draft.rules:
        assert {rule.rule.target, *rule.rule.fallbacks} <= known
        reader.about(Target.parse(rule.rule.target)).read(rule.rule.when)
    assert said(text) == draft
