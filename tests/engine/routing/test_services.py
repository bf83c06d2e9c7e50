"""Who answers what is no conversation: the model that is named, the default, or a word why not."""

import pytest

from butler.engine.builtin import service_routing
from butler.engine.call import Call, Makes, ModelFacts, Request, Target, UseTargets
from butler.engine.errors import ClientError
from butler.engine.routing.services import ServiceDefaults, Services
from tests.engine.calls import Revision, new_call

SMALL, CHAT = Target("acme", "small"), Target("acme", "chat")
FACTS = {
    SMALL: ModelFacts(makes=frozenset({Makes.EMBEDDING})),
    CHAT: ModelFacts(makes=frozenset({Makes.CHAT})),
}
MAKERS = {Makes.EMBEDDING: (SMALL,)}


def asking(made: Makes, explicit: Target | None = None) -> Call:
    """A call for something that is no conversation."""
    call = new_call()
    call.runtime = Revision(known_facts=FACTS)
    call.request = Request(
        raw=b"{}", data={}, model=None, stream=False, wants_usage=False, makes=made
    )
    call.explicit = explicit
    return call


def services(default: Target | None = None, *, images: bool = True) -> Services:
    """The services of a revision with one default at most, of every kind."""
    chosen = ServiceDefaults(dict.fromkeys(Makes, default) if default else {})
    return Services(chosen, MAKERS, service_routing(chosen, ()), images=images)


async def test_a_named_model_answers() -> None:
    call = asking(Makes.EMBEDDING, SMALL)
    verdict = await services().decide(call)
    assert isinstance(verdict, UseTargets)
    assert (verdict.targets, verdict.layer) == ((SMALL,), "direct")


async def test_the_default_answers_and_says_that_nothing_else_was_asked() -> None:
    call = asking(Makes.EMBEDDING)
    verdict = await services(SMALL).decide(call)
    assert (verdict.targets, verdict.layer) == ((SMALL,), "default")
    assert [step.layer for step in call.trace] == ["direct", "default"]
    assert call.trace[-1].reason == "embeddings are not routed: their default is acme/small"


@pytest.mark.parametrize("explicit", [CHAT, None])
async def test_a_model_that_does_not_make_it_is_refused_with_the_names_of_others(
    explicit: Target | None,
) -> None:
    with pytest.raises(ClientError) as refused:
        await services(CHAT).decide(asking(Makes.EMBEDDING, explicit))
    assert (refused.value.status, refused.value.code) == (400, "model_not_capable")
    assert "acme/chat does not make embeddings" in refused.value.message
    assert "acme/small" in refused.value.message


async def test_an_unknown_model_is_not_judged() -> None:
    strange = Target("acme", "strange")
    verdict = await services().decide(asking(Makes.SPEECH, strange))
    assert verdict.targets == (strange,)


async def test_without_a_default_it_says_what_to_set() -> None:
    with pytest.raises(ClientError) as refused:
        await services().decide(asking(Makes.EMBEDDING))
    assert (refused.value.status, refused.value.code) == (400, "no_default_model")
    assert "routing.default_embedding_target" in refused.value.message
    assert "acme/small" in refused.value.message


async def test_images_can_be_switched_off() -> None:
    with pytest.raises(ClientError) as refused:
        await services(images=False).decide(asking(Makes.IMAGE, Target("acme", "painter")))
    assert (refused.value.status, refused.value.code) == (400, "image_generation_off")
    assert "routing.image_generation" in refused.value.message


async def test_local_only_binds_services_too() -> None:
    call = asking(Makes.SPEECH, Target("acme", "voice"))
    call.runtime = Revision(local_only=True)
    with pytest.raises(ClientError) as refused:
        await services().decide(call)
    assert refused.value.code == "refused_by_local_only"
