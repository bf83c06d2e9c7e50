"""Speech always comes bit by bit, whatever its client thinks of it."""

from butler.engine.dialects.services.speech import SERVICE


def test_speech_streams() -> None:
    body = b'{"model": "tts-1", "input": "Hello", "instructions": "Softly", "voice": "alloy"}'
    request = SERVICE.read_request(body, "application/json")
    assert request.stream
    assert [part["text"] for part in request.messages[0]["content"]] == ["Softly", "Hello"]
