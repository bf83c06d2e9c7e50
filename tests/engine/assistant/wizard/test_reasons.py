"""Why: what was asked for, what is known, and what happens when it fails."""

from collections.abc import Sequence

from butler.contract.wizard import Aim, Spending, UseCase
from butler.engine.assistant.menu import Dish
from butler.engine.assistant.wizard.choosing import choose, choose_largest
from butler.engine.assistant.wizard.known import read
from butler.engine.assistant.wizard.reasons import detail, why
from butler.engine.assistant.wizard.taste import taste
from butler.engine.assistant.wizard.words import wizard_words
from butler.engine.call import ModelFacts
from tests.engine.assistant.wizard.menus import FREE, dish, menu, price

EN = wizard_words("en")
DEAR = dish("a/dear", ModelFacts(price=price("10", "40")))
CHEAP = dish("b/cheap", ModelFacts(price=price("0.1", "0.4")))
BARE = dish("c/bare", ModelFacts())


def said(
    dishes: Sequence[Dish],
    spending: Spending = Spending.BALANCED,
    case: UseCase | None = None,
    *aims: Aim,
) -> str:
    chosen = choose(read(dishes), taste(spending, aims, case))
    assert chosen is not None
    return why(chosen, "It is so.", EN)


def test_details() -> None:
    shown = {str(it.target): detail(it, EN) for it in read(menu())}
    assert shown["openai/gpt-4o"] == "128k · $2.50 in / $10.00 out"
    assert shown["ollama/qwen2.5-coder:7b"] == "32k · free · local"
    assert shown["other/mystery-1"] == "price unknown"
    zh = {str(it.target): detail(it, wizard_words("zh_CN")) for it in read(menu())}
    assert zh["ollama/llama3.3:70b"] == "128k · 免费 · 本机"


def test_what_was_asked_for_is_repeated() -> None:
    text = said([DEAR, CHEAP], Spending.QUALITY)
    assert text.startswith("It is so. You want quality before price, and quality comes first. ")
    assert "the dearer model is taken for the stronger" in text
    assert text.endswith("If it fails, b/cheap can stand in.")
    text = said([DEAR, CHEAP], Spending.SAVING, None, Aim.COST)
    assert "cost comes first" in text
    assert "b/cheap ($0.10 in / $0.40 out) goes before a/dear, because it costs less." in text
    assert text.endswith("No other model is known to cost as little, so none stands in for it.")


def test_a_dearer_stand_in_is_called_dearer() -> None:
    assert "If it fails, a/dear (dearer) can stand in." in said(
        [DEAR, CHEAP], Spending.BALANCED, UseCase.CHAT
    )


def test_the_unknown_is_called_unknown() -> None:
    alone = said([BARE])
    assert "c/bare (price unknown) is the only model for this." in alone
    assert "Its price is not known: that counts neither for nor against it." in alone
    assert alone.endswith("No other model can stand in for it.")
    assert "c/bare, of which less is known" in said([DEAR, CHEAP, BARE], Spending.QUALITY)
    assert "c/bare, of which less is known" in said([DEAR, CHEAP, BARE], Spending.SAVING)
    assert "alike as far as is known" in said([BARE, dish("d/bare", ModelFacts())])


def test_names_speak() -> None:
    same = price("1", "4")
    plain = dish("a/plain", ModelFacts(price=same))
    coder = dish("a/coder", ModelFacts(price=same))
    assert "it is made for this" in said([plain, coder], Spending.BALANCED, UseCase.CODING)
    assert "made for something else" in said([coder, plain], Spending.BALANCED, UseCase.CHAT)
    small = dish("ollama/x:3b", ModelFacts(price=FREE, local=True))
    large = dish("ollama/x:32b", ModelFacts(price=FREE, local=True))
    assert "by the size in its name it is the stronger" in said([small, large], Spending.QUALITY)
    thinker = dish("a/muse", ModelFacts(price=price("0.001", "0.001"), thinking=True))
    other = dish("a/must", ModelFacts(price=price("0.001", "0.001"), thinking=False))
    assert "think before it answers" in said([other, thinker], Spending.SAVING, UseCase.MATH)


def test_more_context_speaks_for_itself() -> None:
    known = read(
        [
            dish("a/s", ModelFacts(context_tokens=8_000)),
            dish("a/l", ModelFacts(context_tokens=64_000)),
        ]
    )
    chosen = choose_largest(known, taste(Spending.BALANCED, []))
    assert chosen is not None
    assert "a/l (64k · price unknown) goes before a/s, because it reads more at once." in why(
        chosen, "It is so.", EN
    )
