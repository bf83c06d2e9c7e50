"""Every field of the vendors' published request schemas has a fate, and the fates are true."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from butler.engine.errors import ClientError, UpstreamError
from tests.golden.cases import IN, Case, cases
from tests.golden.fields import FATES, contains, fates_of, published
from tests.golden.upstreams import model_of, send

_ELSEWHERE = {"anthropic_messages": "openai_chat"}
"""A dialect to translate into; Anthropic's messages, but for those themselves."""


def case(name: str) -> Case:
    """The case of a name; fails where there is none."""
    found = [one for one in cases() if one.name == name]
    assert found, f"there is no case {name}"
    return found[0]


@pytest.mark.parametrize("dialect", IN)
def test_every_field_has_a_fate(dialect: str) -> None:
    fates = fates_of(dialect)
    known = list(published(dialect, fates))
    assert [path for path in known if path not in fates] == [], "fields without a fate"
    assert [path for path in fates if path not in known] == [], "fields that nobody publishes"


@pytest.mark.parametrize("dialect", IN)
def test_fates_are_plain(dialect: str) -> None:
    fates = fates_of(dialect)
    for path, fate in fates.items():
        (kind, words), *more = fate.items()
        assert kind in FATES, path
        assert words, path
        assert [key for key, _ in more] in ([], ["in"]), path
        if kind == "like":
            assert words in fates, path


@pytest.mark.parametrize("dialect", IN)
def test_cases_hold_the_fields_that_they_are_to_show(dialect: str) -> None:
    missing = []
    for path, fate in fates_of(dialect).items():
        named = fate.get("mapped") or fate.get("in")
        if named and not contains(case(named).asked.get(dialect), path):
            missing.append(f"{path} is not in {named}")
    assert missing == []


def impossible() -> Iterator[Any]:
    """Yield members of whole requests that are impossible elsewhere, with the words for it."""
    for dialect in IN:
        for path, fate in fates_of(dialect).items():
            if "impossible" in fate and "." not in path and "[" not in path:
                yield pytest.param(dialect, path, fate["impossible"], id=f"{dialect}-{path}")


@pytest.mark.parametrize(("dialect", "name", "words"), list(impossible()))
def test_what_is_impossible_is_told(dialect: str, name: str, words: str) -> None:
    told = tell(dialect, {**case("plain").asked[dialect], name: 2 if name == "n" else "some"})
    assert words in told


@pytest.mark.parametrize("dialect", IN)
def test_notes_stand_in_the_cases_that_show_them(dialect: str) -> None:
    for path, fate in fates_of(dialect).items():
        if "impossible" in fate and "in" in fate:
            assert fate["impossible"] in tell(dialect, case(fate["in"]).asked[dialect]), path


def tell(dialect: str, body: Any) -> str:
    """What the trace, or the refusal, says of a request that is translated."""
    other = _ELSEWHERE.get(dialect, "anthropic_messages")
    raw = orjson.dumps(body)
    try:
        sent = send(dialect, raw, other, stream=False, model=model_of(other, {}))
    except (ClientError, UpstreamError) as error:
        return error.message
    return "\n".join(sent.warnings)
