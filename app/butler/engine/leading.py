"""Where the names in a configuration lead: default targets, and those of categories.

What leads nowhere is left out and listed among the problems.
"""

from collections.abc import Mapping
from dataclasses import replace

from butler.contract.problems import Problem, ProblemCode
from butler.engine.call import Makes, ModelFacts, Target
from butler.engine.demo.rules import STARTER_CATEGORIES
from butler.engine.errors import problem
from butler.engine.routing.categories import Category
from butler.engine.routing.defaults import Defaults
from butler.engine.routing.names import NameBook
from butler.engine.routing.services import DEFAULTS, ServiceDefaults
from butler.engine.settings import Settings
from butler.engine.store.snapshot import Snapshot

Problems = dict[str, tuple[Problem, ...]]
"""What is wrong with stored records, by their id or key."""


def categories_of(snapshot: Snapshot, names: NameBook, problems: Problems) -> tuple[Category, ...]:
    """Return the enabled categories in the owner's order, those without a target too."""
    found: list[Category] = []
    for record in snapshot.categories:
        labels = [target.label for target in record.targets]
        missing = tuple(label for label in labels if label not in names.names)
        if missing:
            problems[record.id] = tuple(missing_target(label, names) for label in missing)
        if record.enabled:
            living = tuple(names.names[label] for label in labels if label in names.names)
            found.append(
                Category(
                    record.id, record.name, record.description, record.utterances, living, missing
                )
            )
    return tuple(found)


def led_somewhere(category: Category) -> Category:
    """Return a category that leads somewhere in the demo, if it is one of ours."""
    if category.targets or category.missing:
        return category
    return replace(category, targets=STARTER_CATEGORIES.get(category.id, ()))


def defaults_of(
    settings: Settings, names: NameBook, problems: Problems, facts: Mapping[Target, ModelFacts]
) -> Defaults:
    """Return what answers where nothing else decides; where no choice was ever made, the first.

    The first, that is, of which nobody knows that it makes something else.
    """
    image = _chosen("routing.default_image_target", settings, names, problems)
    audio = _chosen("routing.default_audio_target", settings, names, problems)
    usual = _chosen("routing.default_target", settings, names, problems)
    if settings.text("routing.default_target") is None:
        chatting = (model.target for model in names.models if _may_chat(facts.get(model.target)))
        usual = next(chatting, None)
    return Defaults(usual, image, audio)


def _may_chat(facts: ModelFacts | None) -> bool:
    return facts is None or facts.makes is None or Makes.CHAT in facts.makes


def service_defaults_of(settings: Settings, names: NameBook, problems: Problems) -> ServiceDefaults:
    """Return what answers calls that are no conversation and name no model, by what they want."""
    chosen = {made: _chosen(key, settings, names, problems) for made, key in DEFAULTS.items()}
    return ServiceDefaults({made: it for made, it in chosen.items() if it is not None})


def _chosen(key: str, settings: Settings, names: NameBook, problems: Problems) -> Target | None:
    """Return the owner's choice; one that is gone is not replaced: a guess might cost more."""
    chosen = settings.text(key)
    if chosen is None:
        return None
    if chosen not in names.names:
        problems[key] = (missing_target(chosen, names),)
        return None
    return names.names[chosen]


def missing_target(label: str, names: NameBook, field: str = "target") -> Problem:
    """Say that a name leads to no enabled model, and which ones are near."""
    nearest = ", ".join(names.nearest(label)) or "none"
    return problem(
        ProblemCode.UNKNOWN_TARGET,
        f"There is no enabled model {label!r}.",
        f"The nearest are: {nearest}.",
        field,
    )
