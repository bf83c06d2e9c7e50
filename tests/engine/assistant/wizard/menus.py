"""Menus as people have them."""

from decimal import Decimal

from butler.engine.assistant.menu import Dish, Menu
from butler.engine.call import ModelFacts, Price, Target

FREE = Price("local", Decimal(0), Decimal(0))


def price(given: str, made: str) -> Price:
    """A price of a million tokens, in dollars."""
    return Price("catalogue", Decimal(given), Decimal(made))


def dish(name: str, facts: ModelFacts) -> Dish:
    """A model of this full name."""
    target = Target.parse(name)
    assert target is not None
    return Dish(target, facts)


def menu() -> Menu:
    """Two vendors, a cheap one, two local models, and one that nobody knows anything of."""
    return Menu(
        (
            dish("openai/gpt-4o", ModelFacts(price=price("2.5", "10"))),
            dish("openai/gpt-4o-mini", ModelFacts(price=price("0.15", "0.6"))),
            dish("anthropic/claude-opus-4-5", ModelFacts(price=price("5", "25"))),
            dish("anthropic/claude-haiku-4-5", ModelFacts(price=price("1", "5"))),
            dish("deepseek/deepseek-chat", ModelFacts(price=price("0.27", "1.10"))),
            dish("ollama/qwen2.5-coder:7b", ModelFacts(price=FREE, local=True)),
            dish("ollama/llama3.3:70b", ModelFacts(price=FREE, local=True)),
            dish("other/mystery-1", ModelFacts()),
        )
    )
