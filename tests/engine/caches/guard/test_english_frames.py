"""Ways of asking in English are brought to one form."""

import pytest

from butler.engine.caches.guard.english_frames import FRAMES


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        ("how can one swim", "how swim"),
        ("what is the best way to swim", "how swim"),
        ("could you tell me how to swim", "how swim"),
        ("is there any way to swim", "how swim"),
        ("what does entropy mean", "whatis entropy"),
        ("which are the best books", "which best books"),
        ("where can i buy ink", "where buy ink"),
        ("what is the easiest way to swim", "whatis easiest way to swim"),
        ("how did she swim", "how did she swim"),
        ("can you swim", "can you swim"),
    ],
)
def test_frames(asked: str, form: str) -> None:
    assert FRAMES.unframe(asked) == form
