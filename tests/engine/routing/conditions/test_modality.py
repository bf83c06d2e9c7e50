"""One of the asked modalities is enough; text is none of them."""

from tests.engine.routing.calls import call, condition, refusal, saying


def holding(kind: str) -> dict[str, object]:
    part = {"type": kind, kind: {"url": "data:,x"}}
    return {"messages": [{"role": "user", "content": [{"type": "text", "text": "see"}, part]}]}


def test_one_is_enough_and_is_told() -> None:
    seen = condition({"kind": "modality", "modalities": ["image", "audio"]})
    match = seen.match(call(holding("image_url")))
    assert match is not None
    assert (match.reason, match.words) == ("holds image", ("image",))
    assert seen.match(call(holding("file"))) is None
    assert seen.match(saying("hello")) is None


def test_text_can_not_be_asked_for() -> None:
    assert refusal({"kind": "modality", "modalities": ["text"]}).field == "when.modalities"
