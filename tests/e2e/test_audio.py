"""Sound in and out: uploads become text, texts become sound; no byte of either is changed."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.e2e.house import House
from tests.fakes.service_upstream import Serve, ServiceUpstream
from tests.fakes.services import SOUND, SUBTITLES, WORDS

WAV = b"RIFF" + bytes(range(256)) * 4 + b'\r\n--x\r\nname="model"\r\n\r\n'
SPEECH = "/v1/audio/speech"


async def test_the_sdk_gets_a_transcript(house: House, vendor: ServiceUpstream) -> None:
    await house.set(routing__default_transcription_target="acme/whisper-1")
    async with house.sdk() as sdk:
        got = await sdk.audio.transcriptions.create(
            model="auto", file=("a.wav", WAV), prompt="names: 世界", language="en"
        )
    assert got.text == WORDS
    wanted = vendor.wanted[0]
    assert (wanted.model, wanted.files) == ("whisper-1", {"file": WAV})
    assert wanted.fields == {"model": "whisper-1", "prompt": "names: 世界", "language": "en"}
    row = await house.row()
    assert (row["endpoint"], row["modalities"]) == ("transcriptions", ["audio", "text"])
    assert (row["input_tokens"], row["output_tokens"]) == (14, 4)


@pytest.mark.parametrize(
    ("format_", "said"),
    [("text", WORDS + "\n"), ("srt", SUBTITLES), ("vtt", "WEBVTT\n\n" + SUBTITLES[2:])],
)
async def test_every_format_comes_as_it_is(
    house: House, vendor: ServiceUpstream, format_: Any, said: str
) -> None:
    async with house.sdk() as sdk:
        got: Any = await sdk.audio.transcriptions.create(
            model="whisper-1", file=("a.wav", WAV), response_format=format_
        )
    assert got == said


async def test_a_verbose_transcript(house: House, vendor: ServiceUpstream) -> None:
    async with house.sdk() as sdk:
        got = await sdk.audio.transcriptions.create(
            model="whisper-1", file=("a.wav", WAV), response_format="verbose_json"
        )
    assert (got.text, got.duration) == (WORDS, 1.0)
    row = await house.row()
    assert (row["input_tokens"], row["usage_source"]) == (None, "unknown")


async def test_a_streamed_transcript(house: House, vendor: ServiceUpstream) -> None:
    async with house.sdk() as sdk:
        stream: Any = await sdk.audio.transcriptions.create(
            model="gpt-4o-transcribe", file=("a.wav", WAV), stream=True
        )
        events = [event async for event in stream]
    assert "".join(event.delta for event in events[:-1]) == events[-1].text == WORDS
    row = await house.row()
    assert (row["streaming"], row["output_tokens"]) == (True, 4)


@pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning")
async def test_a_translation_takes_the_default_of_transcriptions(
    house: House, vendor: ServiceUpstream
) -> None:
    await house.set(routing__default_transcription_target="acme/whisper-1")
    async with house.sdk() as sdk:
        got = await sdk.audio.translations.create(model="auto", file=("a.wav", WAV))
    assert got.text == WORDS
    assert vendor.seen[0].path == "/v1/audio/translations"


async def test_speech_is_sound_byte_by_byte(house: House, vendor: ServiceUpstream) -> None:
    await house.set(routing__default_speech_target="acme/tts-1")
    async with (
        house.sdk() as sdk,
        sdk.audio.speech.with_streaming_response.create(
            model="auto", voice="alloy", input="Hello"
        ) as got,
    ):
        assert got.headers["content-type"] == "audio/mpeg"
        assert got.headers["x-butler-target"] == "acme/tts-1"
        assert await got.read() == SOUND
    assert vendor.wanted[0].model == "tts-1"
    row = await house.row()
    assert (row["endpoint"], row["usage_source"], row["error"]) == ("speech", "unknown", None)


async def test_speech_in_events(house: House, vendor: ServiceUpstream) -> None:
    body = {"model": "gpt-4o-mini-tts", "voice": "a", "input": "Hi", "stream_format": "sse"}
    got = await house.call("POST", SPEECH, body)
    assert got.headers["Content-Type"] == "text/event-stream"
    assert [event["type"] for event in got.events] == ["speech.audio.delta", "speech.audio.done"]
    assert (await house.row())["output_tokens"] == 40


async def test_sound_that_breaks_off_has_no_proper_end(
    house: House, vendor: ServiceUpstream
) -> None:
    vendor.script(Serve(SPEECH, pieces=1))
    with pytest.raises(aiohttp.ClientPayloadError):
        await house.call("POST", SPEECH, {"model": "tts-1", "voice": "a", "input": "Hi"})
    assert (await house.row())["status"] == 502


async def test_sound_arrives_while_it_is_made(house: House, vendor: ServiceUpstream) -> None:
    async with house.session.post(
        house.root + SPEECH,
        json={"model": "tts-1", "voice": "a", "input": "Hi"},
        headers={"Authorization": f"Bearer {house.token}"},
    ) as reply:
        async with asyncio.timeout(5):
            first = await reply.content.readany()
        assert SOUND.startswith(first)
        assert first + await reply.content.read() == SOUND


@pytest.mark.parametrize(
    ("path", "setting"),
    [
        ("/v1/audio/transcriptions", "routing.default_transcription_target"),
        (SPEECH, "routing.default_speech_target"),
    ],
)
async def test_without_a_default_it_says_what_to_set(
    house: House, vendor: ServiceUpstream, path: str, setting: str
) -> None:
    got = await house.call("POST", path, {"input": "Hi"})
    assert (got.status, got.error["code"]) == (400, "no_default_model")
    assert setting in got.error["message"]


async def test_the_vendors_own_refusal_passes(house: House, vendor: ServiceUpstream) -> None:
    got = await house.call("POST", SPEECH, {"model": "tts-1", "input": "Hi"})
    assert (got.status, got.error["param"]) == (400, "voice")


async def test_local_only_keeps_sound_in_the_house(house: House, vendor: ServiceUpstream) -> None:
    await house.set(privacy__local_only=True)
    await house.add_address("far", "https://api.example.com/v1", "tts-1-hd")
    body = {"model": "far/tts-1-hd", "voice": "a", "input": "Hi"}
    got = await house.call("POST", SPEECH, body)
    assert (got.status, got.error["code"]) == (400, "refused_by_local_only")


async def test_kept_words_of_a_form_are_its_texts(house: House, vendor: ServiceUpstream) -> None:
    await house.set(log__bodies="prompts", log__redact=False)
    async with house.sdk() as sdk:
        await sdk.audio.transcriptions.create(
            model="whisper-1", file=("a.wav", WAV), prompt="names"
        )
    row = await house.row()
    kept = await house.admin("GET", f"requests/{row['id']}/body")
    assert kept.status == 200, kept.raw
    assert "names" in kept.json["request"]
    assert "RIFF" not in kept.json["request"]
