"""What we ship is given once, and whole."""

from sqlalchemy.ext.asyncio import AsyncConnection

from butler.engine.store import categories
from butler.engine.store.seeds import SHIPPED, seed, shipped_categories
from tests.engine.store.records import category


def test_each_has_a_sentence_and_enough_examples_in_both_languages() -> None:
    shipped = shipped_categories()
    assert {record.id for record in shipped} == SHIPPED
    for record in shipped:
        english = [text for text in record.utterances if text.isascii()]
        assert record.description.endswith(".")
        assert len(english) >= 15
        assert len(record.utterances) - len(english) >= 15
        assert len(set(record.utterances)) == len(record.utterances)
        assert record.targets == ()
    every = [text for record in shipped for text in record.utterances]
    assert len(set(every)) == len(every)


async def test_what_was_deleted_does_not_come_again(connection: AsyncConnection) -> None:
    await seed(connection)
    assert {record.id for record in await categories.list_all(connection)} == SHIPPED
    await categories.delete(connection, "cat_coding")
    await seed(connection)
    assert "cat_coding" not in {record.id for record in await categories.list_all(connection)}


async def test_the_owners_own_of_the_same_name_stays(connection: AsyncConnection) -> None:
    own = category(name="coding")
    await categories.add(connection, own)
    await seed(connection)
    stored = await categories.list_all(connection)
    assert own in stored
    assert len(stored) == len(SHIPPED)
