"""What the admin API knows of the kinds of providers."""

import dataclasses

import pytest

from butler.engine.admin.kinds import Kinds
from butler.engine.builtin import PROVIDER_KINDS
from butler.engine.errors import ConfigError

KINDS = Kinds(PROVIDER_KINDS)
HOME = dataclasses.replace(
    PROVIDER_KINDS["openai_compatible"], id="home", default_url="http://localhost:11434/v1"
)


def test_titles() -> None:
    assert KINDS.title("openai_compatible") == "OpenAI-compatible"
    assert KINDS.title("of another version") == "of another version"


def test_base_urls() -> None:
    assert KINDS.base_url("openai_compatible", "http://x/v1") == "http://x/v1"
    assert Kinds({"home": HOME}).base_url("home", None) == "http://localhost:11434/v1"
    assert Kinds({"home": HOME}).base_url("home", "http://x") == "http://x"
    # Unknown kinds are refused where they are compiled, with the known ones in the words.
    assert KINDS.base_url("of another version", None) == ""


@pytest.mark.parametrize("given", [None, ""])
def test_a_missing_base_url(given: str | None) -> None:
    with pytest.raises(ConfigError) as caught:
        KINDS.base_url("openai_compatible", given)
    assert caught.value.problems[0].field == "base_url"


def test_each_key_has_a_record_of_its_own() -> None:
    assert Kinds.key_record("prov_1") != Kinds.key_record("prov_2")
