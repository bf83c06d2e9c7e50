"""Each mistake raises the bar, until no cosine is enough."""

from butler.engine.caches.similar.lessons import NEVER, Lessons


def test_a_mistake_halves_what_is_left_to_go_wrong() -> None:
    lessons = Lessons()
    assert lessons.least(b"x") == 0
    assert lessons.raised(b"x", 0.96) == 0.98
    lessons.put(b"x", 0.98)
    assert round(lessons.raised(b"x", 0.97), 4) == 0.99
    lessons.put(b"x", 0.9)
    assert lessons.least(b"x") == 0.98


def test_after_a_trivial_edit_was_wrong_nothing_is_the_same() -> None:
    assert Lessons().raised(b"x", 1.0) == NEVER
    assert Lessons().raised(b"x", 0.993) == NEVER


def test_everything_can_be_forgotten() -> None:
    lessons = Lessons()
    lessons.put(b"x", 0.98)
    assert lessons.clear() == [b"x"]
    assert len(lessons) == 0
