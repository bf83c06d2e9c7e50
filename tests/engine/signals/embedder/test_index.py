"""The index: exact, by scope, bounded, of one model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from butler.engine.signals.embedder.index import Hit, VectorIndex, pack, unpack
from butler.engine.signals.embedder.model import Embedding, Model

MODEL = Model("tiny", "1", 4, 64)


def embedding(*values: float, model: Model = MODEL) -> Embedding:
    wide = np.array(values, np.float32)
    return Embedding(model.id, wide / np.linalg.norm(wide))


def index(capacity: int = 100) -> VectorIndex:
    return VectorIndex(MODEL.id, MODEL.dimension, capacity)


def test_the_nearest_come_first() -> None:
    kept = index()
    kept.add("far", embedding(0, 0, 0, 1))
    kept.add("near", embedding(1, 0.1, 0, 0))
    kept.add("nearer", embedding(1, 0.05, 0, 0))
    asked = embedding(1, 0, 0, 0)
    assert [hit.key for hit in kept.search(asked, count=2)] == ["nearer", "near"]
    assert [hit.key for hit in kept.search(asked, count=9)] == ["nearer", "near", "far"]
    assert [hit.key for hit in kept.search(asked, count=9, least=0.5)] == ["nearer", "near"]
    assert kept.search(embedding(0, 0, 0, 2)) == [Hit("far", 1.0)]


def test_a_scope_sees_nothing_of_another() -> None:
    kept = index()
    kept.add("mine", embedding(1, 0, 0, 0), "me")
    kept.add("yours", embedding(0, 1, 0, 0), "you")
    asked = embedding(0, 1, 0, 0)
    assert [hit.key for hit in kept.search(asked, "me", count=5)] == ["mine"]
    assert kept.search(asked, "nobody") == []
    assert kept.search(asked) == []


def test_what_was_removed_is_not_found() -> None:
    kept = index()
    for number in range(40):
        kept.add(number, embedding(1, number, 0, 0))
    for number in range(0, 40, 2):
        assert kept.remove(number)
    assert not kept.remove(0)
    asked = embedding(1, 0, 0, 0)
    found = [hit.key for hit in kept.search(asked, count=40)]
    assert found == list(range(1, 40, 2))


def test_adding_a_key_again_replaces_it_in_its_new_scope() -> None:
    kept = index()
    kept.add("a", embedding(1, 0, 0, 0), "old")
    kept.add("a", embedding(0, 1, 0, 0), "new")
    assert len(kept) == 1
    assert kept.search(embedding(1, 0, 0, 0), "old") == []
    assert kept.search(embedding(0, 1, 0, 0), "new") == [Hit("a", 1.0)]


def test_the_oldest_leaves_a_full_index() -> None:
    kept = index(capacity=2)
    assert kept.add("a", embedding(1, 0, 0, 0), "x") is None
    assert kept.add("b", embedding(0, 1, 0, 0), "y") is None
    assert kept.add("a", embedding(1, 1, 0, 0), "x") is None
    assert kept.add("c", embedding(0, 0, 1, 0), "y") == "b"
    assert ("a" in kept, "b" in kept, "c" in kept, len(kept)) == (True, False, True, 2)


def test_the_cosine_with_one_kept_vector() -> None:
    kept = index()
    kept.add("a", embedding(1, 1, 0, 0), "x")
    assert kept.score("a", embedding(1, 0, 0, 0)) == pytest.approx(0.7071, abs=1e-4)
    assert kept.score("b", embedding(1, 0, 0, 0)) is None


def test_vectors_of_another_model_are_refused() -> None:
    kept = index()
    other = Model("tiny", "2", 4, 64)
    for stranger in (embedding(1, 0, 0, 0, model=other), embedding(1, 0, 0)):
        with pytest.raises(ValueError, match="does not fit"):
            kept.add("a", stranger)
        with pytest.raises(ValueError, match="does not fit"):
            kept.search(stranger)
    assert kept.fits(MODEL)
    assert not kept.fits(other)
    assert not kept.fits(None)


def test_an_index_has_room_for_something() -> None:
    with pytest.raises(ValueError, match="room"):
        index(capacity=0)


def test_a_vector_survives_being_stored() -> None:
    kept = embedding(0.5, -1, 3, 0.001)
    back = unpack(MODEL, pack(kept))
    assert back.model_id == MODEL.id
    assert (back.values == kept.values).all()
    with pytest.raises(ValueError, match="no vector of tiny"):
        unpack(MODEL, pack(kept)[:-4])


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.sampled_from("xy")), max_size=80))
def test_it_answers_as_a_plain_list_would(steps: list[tuple[int, bool, str]]) -> None:
    random = np.random.default_rng(3)
    kept = index()
    plain: dict[int, tuple[str, NDArray[np.float32]]] = {}
    for key, adds, scope in steps:
        if adds:
            made = embedding(*random.standard_normal(4))
            kept.add(key, made, scope)
            plain[key] = (scope, made.values)
        else:
            assert kept.remove(key) is (plain.pop(key, None) is not None)
    asked = embedding(*random.standard_normal(4))
    for scope in "xy":
        expected = {
            key: values @ asked.values for key, (at, values) in plain.items() if at == scope
        }
        hits = kept.search(asked, scope, count=100)
        assert [hit.key for hit in hits] == sorted(expected, key=lambda key: -expected[key])
        assert [hit.key for hit in kept.search(asked, scope)] == [hit.key for hit in hits[:1]]
