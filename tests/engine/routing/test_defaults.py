"""What answers where nothing else decides, by what the call holds."""

from typing import Any

from butler.engine.call import Target
from butler.engine.routing.defaults import Default, Defaults
from tests.engine.calls import new_call

CHEAP, EYES = Target("acme", "cheap"), Target("acme", "eyes")
IMAGE: dict[str, Any] = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
SEEN = new_call({"messages": [{"role": "user", "content": [IMAGE]}]})
SAID = new_call({"messages": [{"role": "user", "content": "Hello"}]})


def test_images_have_a_default_of_their_own() -> None:
    defaults = Defaults(CHEAP, image=EYES)
    assert defaults.of(SEEN) == Default(EYES, "image")
    assert defaults.of(SAID) == Default(CHEAP)


def test_without_one_the_usual_default_answers() -> None:
    assert Defaults(CHEAP, audio=EYES).of(SEEN) == Default(CHEAP)
    assert Defaults().of(SEEN) is None
    assert Defaults(image=EYES).of(SAID) is None
