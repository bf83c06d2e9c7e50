"""What is stored of models that a provider lists."""

from butler.contract.connections import FoundModel
from butler.contract.resources import Model
from butler.desktop.models.found_models import as_stored


def test_what_is_used_stays_and_what_is_new_comes_as_found() -> None:
    alpha = FoundModel(name="alpha", title="Alpha", chat=True, configured=True, context_tokens=8)
    beta = FoundModel(name="beta", title=None, chat=True, configured=False, context_tokens=9)
    used = Model(name="alpha", id="m1", target="acme/alpha", alias="think", context_tokens=7)
    first, second = as_stored([alpha, beta], [used])
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert (first["name"], first["alias"], first["context_tokens"]) == ("alpha", "think", 7)
    assert (second["name"], second["context_tokens"]) == ("beta", 9)
    assert not {"id", "target", "title", "chat", "configured"} & {*first, *second}
