"""What of a request in responses another target may not see, and what its model would refuse."""

from typing import Any

import orjson
import pytest

from butler.engine.call import Call, ModelFacts, Target, Thinking, ThinkingMode, UseTargets
from butler.engine.dialects.canonical import Thought
from butler.engine.dialects.openai_responses import OpenAIResponses
from butler.engine.dialects.responses_seal import item_id, seal
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.families import family_of
from butler.engine.providers.responses_fitting import fit_own
from butler.engine.providers.thinking import change_for
from tests.engine.calls import Revision, new_call

OWN, OTHER = Target("acme", "alpha"), Target("other", "beta")
CALL = {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"}
RESULT = {"type": "function_call_output", "call_id": "c1", "output": "ok"}
SAID = {"type": "message", "role": "assistant", "content": "Hi"}


def asking(*items: Any, model: str = "x/y", **more: Any) -> Call:
    call = new_call()
    body = {"model": model, "input": list(items) or "Hi", **more}
    call.request = OpenAIResponses().read_request(orjson.dumps(body))
    return call


def fitted(call: Call, target: Target = OWN) -> dict[str, Any]:
    family = family_of(target.model)
    change = change_for(call, call.runtime.facts(target), family, "responses")
    fit = fit_own(call, target, family, change)
    body: dict[str, Any] = orjson.loads(fit.apply(call.asked.raw))
    return body


def thought(id_: str, sealed: str) -> dict[str, Any]:
    return {"type": "reasoning", "id": id_, "summary": [], "encrypted_content": sealed}


def test_what_nobody_knows_passes() -> None:
    items = [thought("rs_1", "gAAA"), {**CALL, "id": "fc_1"}, RESULT, {**SAID, "id": "msg_1"}, 7]
    assert fitted(asking(*items))["input"] == items


def test_what_another_one_has_made() -> None:
    items = [
        thought("rs_1", "gAAA"),
        {**CALL, "id": "fc_1"},
        RESULT,
        {"type": "web_search_call", "id": "ws_1", "status": "completed"},
        {**SAID, "id": "msg_1"},
    ]
    call = asking(*items)
    for mark in ("rs_1", "gAAA", "fc_1", "ws_1", "msg_1"):
        call.runtime.live.signed(OWN, mark)
    assert fitted(call)["input"] == items
    assert fitted(call, OTHER)["input"] == [CALL, RESULT, SAID]
    assert call.warnings == ["left out: the item `web_search_call` of another provider"]


def test_what_was_made_here() -> None:
    sealed = seal(Thought("Hm.", signer=str(OWN)))
    items = [thought(item_id("rs"), sealed), {**SAID, "id": item_id("msg")}]
    assert fitted(asking(*items))["input"] == [SAID]
    # Unless the target is another butler, which has made it itself.
    call = asking(items[0])
    for mark in (items[0]["id"], sealed):
        call.runtime.live.signed(OWN, mark)
    assert fitted(call)["input"] == items[:1]


@pytest.mark.parametrize(
    ("items", "more"),
    [
        ([{"type": "compaction", "id": "cmp_1", "encrypted_content": "gAAA"}], {}),
        ([{"type": "item_reference", "id": "msg_1"}], {}),
        ([{"type": "item_reference", "id": "msg_of_nobody"}], {}),
        ([], {"previous_response_id": "resp_1"}),
    ],
    ids=["compacted", "a reference", "an unknown reference", "a response"],
)
def test_what_only_another_one_keeps(items: list[Any], more: Any) -> None:
    call = asking(*items, **more)
    for mark in ("gAAA", "msg_1"):
        call.runtime.live.signed(OWN, mark)
    with pytest.raises(UpstreamError) as failed:
        fitted(call, OTHER)
    assert (failed.value.kind, failed.value.status) == (FailureKind.UNSUPPORTED, 400)


def test_who_is_named_keeps_it() -> None:
    call = asking({"type": "item_reference", "id": "msg_1"}, previous_response_id="resp_1")
    call.explicit = OWN
    assert fitted(call)["previous_response_id"] == "resp_1"


def test_what_models_refuse_unless_they_are_named() -> None:
    small = Target("acme", "gpt-4o")
    given: dict[str, Any] = {"temperature": 0.5, "reasoning": {"effort": "low"}}
    call = asking(include=["reasoning.encrypted_content", "x"], **given)
    body = fitted(call, small)
    assert (body["temperature"], body["include"], "reasoning" in body) == (0.5, ["x"], False)
    assert "temperature" not in fitted(call, Target("acme", "gpt-5"))
    call.explicit = small
    assert {**fitted(call, small), **given} == fitted(call, small)


def test_limits_and_rules() -> None:
    call = asking(max_output_tokens=9_000, reasoning={"effort": "low", "summary": "detailed"})
    call.runtime = Revision(
        known_facts={
            OWN: ModelFacts(output_tokens=4_000, parameters={"max_tokens": 5, "user": "u"})
        }
    )
    body = fitted(call)
    assert (body["max_output_tokens"], body["user"]) == (4_000, "u")
    assert body["reasoning"] == {"effort": "low", "summary": "detailed"}
    high = Thinking(ThinkingMode.ENABLED, 20_000)
    call.verdict = UseTargets((OWN,), "rules", "", thinking=high)
    assert fitted(call)["reasoning"] == {"effort": "high", "summary": "detailed"}
