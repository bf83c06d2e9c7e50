"""What would have to do without a provider."""

from butler.contract.categories import Category
from butler.contract.resources import Rule, Setting
from butler.desktop.engine_client import EngineClient


async def dependants(client: EngineClient, name: str) -> list[str]:
    """Return the names of the rules, categories and settings that lead to a provider's models."""
    ours = f"{name}/"

    def leads(*targets: object) -> bool:
        return any(isinstance(each, str) and each.startswith(ours) for each in targets)

    rules = await client.listed("rules", Rule)
    categories = await client.listed("categories", Category)
    settings = await client.listed("settings", Setting)
    return [
        *(rule.name for rule in rules if leads(rule.target, *rule.fallbacks)),
        *(each.name for each in categories if leads(*each.targets)),
        *(each.key for each in settings if leads(each.value)),
    ]
