"""Categories between their two shapes: as they travel and as they are stored."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from butler.contract.categories import Category, CategoryIn, CategoryItem, CategoryPatch
from butler.contract.problems import Problem, ProblemCode
from butler.engine.admin.changes import Edit
from butler.engine.admin.exchange import nothing_called
from butler.engine.admin.model_records import labels_of
from butler.engine.errors import ConfigError, problem
from butler.engine.store import categories
from butler.engine.store.categories import CategoryRecord
from butler.engine.store.ids import new_id
from butler.engine.store.seeds import SHIPPED
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.targets import StoredTarget


def find_category(snapshot: Snapshot, name: str) -> CategoryRecord:
    """Return the category of this id or name; raises NotFound."""
    for record in snapshot.categories:
        if name in (record.id, record.name):
            return record
    raise nothing_called("category", name)


def new_category(wanted: CategoryIn, snapshot: Snapshot, position: int) -> CategoryRecord:
    """Return a category to store, with an id of its own."""
    now = datetime.now(UTC)
    record = CategoryRecord(
        id=new_id("cat"),
        name=wanted.name,
        description="",
        enabled=True,
        position=position,
        utterances=(),
        targets=(),
        created_at=now,
        updated_at=now,
    )
    return rewritten_category(record, wanted, snapshot)


def rewritten_category(
    record: CategoryRecord, wanted: CategoryIn, snapshot: Snapshot
) -> CategoryRecord:
    """Return a stored category as `wanted` has it; its id, age and place stay."""
    return dataclasses.replace(
        record,
        name=wanted.name,
        description=wanted.description,
        enabled=wanted.enabled,
        utterances=tuple(dict.fromkeys(wanted.utterances)),
        targets=_targets(wanted.targets, snapshot),
        updated_at=datetime.now(UTC),
    )


def patched_category(
    record: CategoryRecord, patch: CategoryPatch, snapshot: Snapshot
) -> CategoryRecord:
    """Return a stored category with what the patch names changed, but for its place."""
    said = patch.model_dump(exclude_none=True, exclude={"position"})
    before = CategoryIn(
        name=record.name,
        description=record.description,
        enabled=record.enabled,
        utterances=list(record.utterances),
    )
    changed = rewritten_category(record, before.model_copy(update=said), snapshot)
    if patch.targets is None:
        changed = dataclasses.replace(changed, targets=record.targets)
    return changed


def category_row(record: CategoryRecord, problems: Iterable[Problem]) -> Category:
    """Return a stored category as it travels."""
    return Category(
        id=record.id,
        name=record.name,
        description=record.description,
        enabled=record.enabled,
        position=record.position,
        utterances=list(record.utterances),
        targets=[target.label for target in record.targets],
        shipped=record.id in SHIPPED,
        problems=list(problems),
    )


def category_item(record: CategoryRecord) -> CategoryItem:
    """Return a stored category as it stands in the whole configuration."""
    row = category_row(record, ()).model_dump(include=set(CategoryItem.model_fields))
    return CategoryItem.model_validate(row)


async def replace_categories(edit: Edit, wanted: Sequence[CategoryItem]) -> None:
    """Make the stored categories what is wanted, in that order; what is broken stays so."""
    names = [item.name for item in wanted]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(
                problem(
                    ProblemCode.INVALID,
                    f"The category {name!r} is listed twice.",
                    "Name it once.",
                    "categories",
                )
            )
    known = {record.id: record for record in edit.before.categories}
    by_name = {record.name: record for record in edit.before.categories}
    for record in edit.before.categories:
        # Stored anew below, under the old id: so names can pass from one to another.
        await categories.delete(edit.connection, record.id)
    used: set[str] = set()
    for position, item in enumerate(wanted):
        before = known.get(item.id or "") or by_name.get(item.name)
        fresh = new_category(item, edit.before, position)
        if before is not None and before.id not in used:
            fresh = dataclasses.replace(fresh, id=before.id, created_at=before.created_at)
        elif before is None and item.id in SHIPPED and item.id not in used:
            fresh = dataclasses.replace(fresh, id=item.id or fresh.id)
        used.add(fresh.id)
        await categories.add(edit.connection, fresh)


def _targets(labels: Sequence[str], snapshot: Snapshot) -> tuple[StoredTarget, ...]:
    """Tie labels to stored models, so that a rename keeps the category; ConfigError on doubles."""
    if len(set(labels)) < len(labels):
        raise ConfigError(
            problem(
                ProblemCode.INVALID,
                "The category names a target twice.",
                "Each target is tried once.",
                "targets",
            )
        )
    known = labels_of(snapshot)
    return tuple(
        StoredTarget(known[label].id if label in known else None, label) for label in labels
    )
