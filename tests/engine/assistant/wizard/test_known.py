"""What is known of models, and that the unknown is not nothing."""

from butler.contract.wizard import UseCase
from butler.engine.assistant.wizard.known import Known, Sign, middle, read
from butler.engine.call import Makes, ModelFacts
from tests.engine.assistant.wizard.menus import FREE, dish, menu, price


def one(name: str, facts: ModelFacts | None = None) -> Known:
    (known,) = read([dish(name, facts or ModelFacts())])
    return known


def test_what_is_dearer_is_taken_for_stronger_and_less_thrifty() -> None:
    cheap = one("a/m1", ModelFacts(price=price("0.1", "0.4")))
    dear = one("a/m2", ModelFacts(price=price("3", "15")))
    assert cheap.thrift and dear.thrift and cheap.strength and dear.strength
    assert cheap.thrift.value > dear.thrift.value
    assert cheap.strength.value < dear.strength.value
    assert cheap.strength.sign is Sign.PRICE
    assert cheap.price_usd == cheap.dish.price_usd


def test_the_unknown_stays_unknown() -> None:
    bare = one("a/mystery")
    assert (bare.thrift, bare.strength, bare.speed, bare.context_tokens) == (None,) * 4
    assert (bare.thinks, bare.uses_tools, bare.sees, bare.made_for) == (None,) * 4
    assert not bare.tiny


def test_a_free_model_is_told_by_the_size_in_its_name() -> None:
    small, large, mixed, least, unsized = (
        one(f"ollama/{name}", ModelFacts(price=FREE, local=True))
        for name in ("llama3:8b", "llama3:70b", "mixtral:8x7b", "smollm2:135m", "llama3")
    )
    assert small.strength and large.strength and mixed.strength and least.strength
    assert least.strength.value == 0 < small.strength.value < mixed.strength.value
    assert mixed.strength.value < large.strength.value < 0.7
    assert large.strength.sign is Sign.SIZE
    assert unsized.strength is None
    assert [it.tiny for it in (small, least, unsized)] == [False, True, False]
    assert small.speed and large.speed and small.speed.value > large.speed.value


def test_names_tell_what_is_small_and_what_it_is_made_for() -> None:
    plain = price("1", "4")
    quick = one("a/some-mini", ModelFacts(price=plain))
    slow = one("a/some-max", ModelFacts(price=plain))
    assert quick.speed and slow.speed and quick.strength and slow.strength
    assert quick.speed.value > slow.speed.value
    assert quick.strength.value < slow.strength.value
    assert one("a/geminiature").speed is None
    assert one("a/qwen2.5-coder").made_for is UseCase.CODING
    assert one("a/deepseek-r1").made_for is UseCase.MATH


def test_what_is_said_counts_before_what_the_family_has() -> None:
    assert one("a/gpt-4o").context_tokens == 128_000
    assert one("a/gpt-4o", ModelFacts(context_tokens=9_000)).context_tokens == 9_000
    assert one("a/gpt-4o").sees is True
    assert one("a/gpt-4o", ModelFacts(modalities=frozenset({"text"}))).sees is False
    assert one("a/claude-opus-4-5", ModelFacts(thinking=False)).thinks is False


def test_what_holds_no_conversation_is_left_out() -> None:
    dishes = [
        dish("a/rerank-1", ModelFacts()),
        dish("a/babbage-002", ModelFacts(makes=frozenset({Makes.COMPLETION}))),
        dish("a/good", ModelFacts(makes=frozenset({Makes.CHAT}))),
    ]
    (left,) = read(dishes)
    assert (str(left.target), left.place) == ("a/good", 2)


def test_the_middle_is_of_what_is_known() -> None:
    known = read(menu())
    assert middle([], lambda _: 1.0) == 0.5
    assert middle(known, lambda it: 1.0 if it.local else None) == 1.0
    assert middle(known, lambda _: None) == 0.5
