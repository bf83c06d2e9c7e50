"""What a client token may ask for, and what may answer it."""

from fnmatch import fnmatchcase

from butler.engine.call import Caller, Target


def may_ask(caller: Caller | None, explicit: Target | None) -> bool:
    """Say whether a caller may ask for this target by name; None is `auto`."""
    if caller is None or not caller.allowed_models:
        return True
    name = "auto" if explicit is None else str(explicit)
    return any(fnmatchcase(name, _only_stars(pattern)) for pattern in caller.allowed_models)


def allows(caller: Caller | None, target: Target) -> bool:
    """Say whether this target may answer a caller, whoever chose it.

    A token for `auto` alone leaves the choice of the model to the routing altogether.
    """
    if caller is None or caller.allowed_models in ((), ("auto",)):
        return True
    return may_ask(caller, target)


def _only_stars(pattern: str) -> str:
    """Return a pattern in which brackets and question marks are letters of models' names."""
    return pattern.replace("[", "[[]").replace("?", "[?]")
