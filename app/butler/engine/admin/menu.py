"""The menu of the models that are configured and enabled, for the assistant."""

from butler.engine.admin.view import AdminRuntime
from butler.engine.assistant.menu import Menu


def menu_of(runtime: AdminRuntime) -> Menu:
    """Return the models that can be chosen now, in their owner's order."""
    known = {model.target: runtime.facts(model.target) for model in runtime.names.models}
    aliases = [(model.alias, model.target) for model in runtime.names.models if model.alias]
    return Menu.of(known, aliases)
