"""The default target: chosen with the first model, and kept on its model through renames.

It is stored, so that switching a provider off never hands its calls to another one.
"""

from butler.engine.admin.changes import Edit
from butler.engine.admin.model_records import labels_of
from butler.engine.call import Target
from butler.engine.providers.families import family_of
from butler.engine.setting_table import SETTINGS
from butler.engine.store import settings
from butler.engine.store.models import ModelRecord
from butler.engine.store.snapshot import Snapshot

DEFAULT_TARGET = "routing.default_target"
EVERY_DEFAULT = tuple(
    setting.key for setting in SETTINGS if setting.key.startswith("routing.default_")
)


async def choose_first(edit: Edit, after: Snapshot) -> None:
    """Choose the first enabled model where none is chosen, or the chosen one was gone before.

    A choice that goes with this change is not replaced: another model might cost more.
    """
    if edit.before.settings.get(DEFAULT_TARGET) in labels_of(edit.before):
        return
    before = {model.id for model in edit.before.models}
    for label, model in labels_of(after).items():
        if model.enabled and model.id not in before and _may_chat(model):
            await settings.put(edit.connection, DEFAULT_TARGET, label)
            return


def _may_chat(model: ModelRecord) -> bool:
    """Say whether a model may hold conversations, as far as anybody knows."""
    made = model.details.get("makes") or family_of(model.name).makes
    return made is None or "chat" in made


async def follow(edit: Edit, after: Snapshot) -> None:
    """Keep each choice on its model when the provider or the model gets another name."""
    before = labels_of(edit.before)
    names = {found.id: label for label, found in labels_of(after).items()}
    for key in EVERY_DEFAULT:
        chosen = edit.before.settings.get(key)
        if not isinstance(chosen, str):
            continue
        model = before.get(chosen)
        label = names.get(model.id) if model else _renamed(edit.before, after, chosen)
        if label is not None and label != chosen:
            await settings.put(edit.connection, key, label)


def _renamed(before: Snapshot, after: Snapshot, chosen: str) -> str | None:
    """Return the name of a model that is not there, under its provider's new name."""
    target = Target.parse(chosen)
    if target is None:
        return None
    ids = {provider.name: provider.id for provider in before.providers}
    names = {provider.id: provider.name for provider in after.providers}
    provider = names.get(ids.get(target.provider, ""))
    return str(Target(provider, target.model)) if provider else None


async def forget_with_the_last(edit: Edit, after: Snapshot) -> None:
    """Forget the choice with the last provider: nothing is left that it could be among."""
    if not after.providers:
        for key in EVERY_DEFAULT:
            await settings.delete(edit.connection, key)
