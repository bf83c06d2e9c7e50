"""Names lead where they say, and a wrong one is answered with the nearest."""

import time

import pytest

from butler.engine.call import Target
from butler.engine.errors import ClientError
from butler.engine.routing.names import KnownModel, NameBook

MINI, MAXI = Target("acme", "gpt-mini"), Target("acme", "gpt-maxi")
OTHER_MINI = Target("beta", "gpt-mini")
NESTED = Target("router", "meta/llama-4")
BOOK = NameBook(
    [
        KnownModel(MINI),
        KnownModel(MAXI, "clever"),
        KnownModel(OTHER_MINI),
        KnownModel(NESTED, "llama"),
    ]
)


def refused(book: NameBook, name: str) -> ClientError:
    with pytest.raises(ClientError) as refused:
        book.resolve(name)
    return refused.value


@pytest.mark.parametrize("name", [None, "", " ", "auto", "AUTO", " Auto "])
def test_the_butler_chooses(name: str | None) -> None:
    assert BOOK.resolve(name) is None


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("acme/gpt-mini", MINI),
        ("beta/gpt-mini", OTHER_MINI),
        ("acme/gpt-maxi", MAXI),
        ("gpt-maxi", MAXI),
        ("clever", MAXI),
        ("router/meta/llama-4", NESTED),
        ("meta/llama-4", NESTED),
        ("llama", NESTED),
    ],
)
def test_a_name_leads_to_its_target(name: str, target: Target) -> None:
    assert BOOK.resolve(name) == target
    assert BOOK.names[name] == target


def test_a_bare_id_of_two_providers_is_asked_back() -> None:
    error = refused(BOOK, "gpt-mini")
    assert (error.status, error.code, error.param) == (404, "model_not_found", "model")
    assert "acme/gpt-mini or beta/gpt-mini" in error.message
    assert BOOK.nearest("gpt-mini") == ["acme/gpt-mini", "beta/gpt-mini"]


def test_an_alias_beats_a_bare_id() -> None:
    book = NameBook([KnownModel(MINI), KnownModel(MAXI, "gpt-mini")])
    assert book.resolve("gpt-mini") == MAXI
    assert book.resolve("acme/gpt-mini") == MINI


def test_an_alias_settles_an_ambiguous_id() -> None:
    book = NameBook([KnownModel(MINI), KnownModel(OTHER_MINI), KnownModel(MAXI, "gpt-mini")])
    assert book.resolve("gpt-mini") == MAXI


def test_a_full_name_beats_an_alias() -> None:
    book = NameBook([KnownModel(MINI), KnownModel(MAXI, "acme/gpt-mini")])
    assert book.resolve("acme/gpt-mini") == MINI


def test_a_full_name_beats_a_bare_id_that_looks_like_one() -> None:
    nested = Target("router", "acme/gpt-mini")
    book = NameBook([KnownModel(nested), KnownModel(MINI)])
    assert book.resolve("acme/gpt-mini") == MINI
    assert book.resolve("router/acme/gpt-mini") == nested


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("acme/gpt-mni", "acme/gpt-mini"),
        ("GPT-MAXI", "gpt-maxi"),
        ("clevr", "clever"),
        ("acme/gpt-maxi ", "acme/gpt-maxi"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_names(name: str, nearest: str) -> None:
    error = refused(BOOK, name)
    assert (error.status, error.code, error.param) == (404, "model_not_found", "model")
    assert BOOK.nearest(name)[0] == nearest
    assert f"Did you mean {nearest}" in error.message
    assert error.message.endswith("or `auto`?")


def test_at_most_five_are_named() -> None:
    book = NameBook([KnownModel(Target("acme", f"model-{number}")) for number in range(20)])
    assert len(book.nearest("model-x")) == 5


@pytest.mark.parametrize("book", [BOOK, NameBook([])], ids=["some", "none"])
def test_a_name_like_no_other_is_sent_to_the_list(book: NameBook) -> None:
    error = refused(book, "完全不同")
    assert book.nearest("完全不同") == []
    assert "完全不同" in error.message
    assert "GET /v1/models" in error.message


def test_a_giant_name_is_refused_at_once_and_not_repeated() -> None:
    book = NameBook([KnownModel(Target("acme", f"model-{number}")) for number in range(300)])
    began = time.thread_time()
    error = refused(book, "model-" * 1_000_000)
    assert time.thread_time() - began < 0.5
    assert len(error.message) < 600


def test_models_keep_the_owner_s_order() -> None:
    assert [model.target for model in BOOK.models] == [MINI, MAXI, OTHER_MINI, NESTED]


def test_names_that_tools_send_by_themselves_are_auto_where_nobody_has_them() -> None:
    models = [KnownModel(Target("acme", "claude-haiku-4-5")), *BOOK.models]
    book = NameBook(models, as_auto=("claude-*", "gpt-*"))
    assert book.resolve("claude-opus-5-5") is None
    assert book.resolve("Claude-Sonnet-5") is None
    assert book.resolve("claude-haiku-4-5") == Target("acme", "claude-haiku-4-5")
    assert refused(book, "gemini-3").code == "model_not_found"
    assert "acme/gpt-mini or beta/gpt-mini" in refused(book, "gpt-mini").message


def test_every_name_may_be_auto() -> None:
    book = NameBook(BOOK.models, as_auto=("*",))
    assert book.resolve("nothing/at-all") is None
    assert book.resolve("clever") == MAXI
