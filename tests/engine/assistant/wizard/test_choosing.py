"""A model for a purpose, and who stands in."""

from butler.contract.wizard import Spending
from butler.engine.assistant.wizard.choosing import choose, choose_largest
from butler.engine.assistant.wizard.known import read
from butler.engine.assistant.wizard.ranking import Part
from butler.engine.assistant.wizard.taste import taste
from butler.engine.call import ModelFacts
from tests.engine.assistant.wizard.menus import dish, menu, price

SAVING, QUALITY = taste(Spending.SAVING, []), taste(Spending.QUALITY, [])


def test_stand_ins_come_from_other_providers_first() -> None:
    chosen = choose(read(menu()), QUALITY)
    assert chosen is not None
    assert str(chosen.known.target) == "anthropic/claude-opus-4-5"
    assert len(chosen.fallbacks) == 3
    assert "anthropic" not in {each.target.provider for each in chosen.fallbacks}
    assert not chosen.capped
    two = [it for it in read(menu()) if it.target.provider == "anthropic"]
    own = choose(two, QUALITY)
    assert own is not None
    assert [it.target.model for it in own.fallbacks] == ["claude-haiku-4-5"]


def test_who_saves_gets_no_dearer_stand_in_and_none_of_unknown_price() -> None:
    remote = [it for it in read(menu()) if not it.local]
    chosen = choose(remote, SAVING)
    assert chosen is not None
    assert chosen.capped
    assert str(chosen.known.target) == "openai/gpt-4o-mini"
    assert chosen.fallbacks == ()


def test_without_models_there_is_no_choice() -> None:
    assert choose((), SAVING) is None
    assert choose_largest((), SAVING) is None
    (alone,) = read([dish("a/one", ModelFacts())])
    only = choose((alone,), SAVING)
    assert only is not None
    assert (only.known, only.fallbacks, only.over, only.by) == (alone, (), None, None)
    assert choose_largest((alone,), SAVING) is None


def test_the_largest_reads_most_and_of_equals_the_most_suitable_is_taken() -> None:
    known = read(
        [
            dish("a/large-dear", ModelFacts(context_tokens=1_000_000, price=price("5", "25"))),
            dish("b/large-cheap", ModelFacts(context_tokens=1_048_576, price=price("0.1", "0.4"))),
            dish("c/short", ModelFacts(context_tokens=32_000, price=price("0.1", "0.4"))),
            dish("d/unknown", ModelFacts(price=price("0.1", "0.4"))),
        ]
    )
    saving, quality = choose_largest(known, SAVING), choose_largest(known, QUALITY)
    assert saving is not None
    assert quality is not None
    assert str(saving.known.target) == "b/large-cheap"
    assert str(quality.known.target) == "a/large-dear"
    assert [str(it.target) for it in quality.fallbacks] == ["b/large-cheap", "c/short"]
    last = choose_largest(known[1:], QUALITY)
    assert last is not None
    assert last.by is Part.CONTEXT
