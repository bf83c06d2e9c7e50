"""Pictures: what goes in is told to guards, what comes out is counted."""

from butler.engine.dialects.services.images import EDITS, GENERATIONS


def test_pictures_are_counted() -> None:
    assert GENERATIONS.read_reply(b'{"data": [{"url": "a"}, {"url": "b"}]}').usage is not None
    usage = GENERATIONS.usage({"data": [{}, {}], "usage": {"input_tokens": 5, "output_tokens": 9}})
    assert usage is not None
    assert (usage.images, usage.input_tokens, usage.output_tokens) == (2, 5, 9)


def test_an_event_completes_one() -> None:
    usage = GENERATIONS.usage({"type": "image_generation.completed", "b64_json": "aaaa"})
    assert usage is not None
    assert usage.images == 1


def test_an_answer_without_pictures_tells_nothing() -> None:
    assert GENERATIONS.usage({"data": []}) is None


def test_an_edit_in_json_holds_pictures() -> None:
    body = b'{"prompt": "a hat", "images": [{"image_url": "data:x"}]}'
    request = EDITS.read_request(body, "application/json")
    assert [part["type"] for part in request.messages[0]["content"]] == ["text", "image_url"]


def test_an_uploaded_picture_is_one() -> None:
    body = (
        b"--b\r\nContent-Disposition: form-data; name=prompt\r\n\r\na hat\r\n"
        b'--b\r\nContent-Disposition: form-data; name="image[]"; filename=x\r\n\r\n\x89PNG\r\n--b--'
    )
    request = EDITS.read_request(body, "multipart/form-data; boundary=b")
    assert [part["type"] for part in request.messages[0]["content"]] == ["text", "image_url"]
