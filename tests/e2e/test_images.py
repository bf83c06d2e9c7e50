"""Pictures: made, made over, streamed, counted, priced, and switched off."""

import base64
from typing import Any

import pytest

from tests.e2e.house import House
from tests.fakes import Endless, ErrorEvent, Fail
from tests.fakes.service_upstream import Serve, ServiceUpstream
from tests.fakes.services import PICTURE

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) + b"\r\n--\r\n"
GENERATIONS = "/v1/images/generations"


async def test_the_sdk_gets_pictures_of_the_default(house: House, vendor: ServiceUpstream) -> None:
    await house.set(routing__default_image_generation_target="acme/gpt-image-1")
    async with house.sdk() as sdk:
        got = await sdk.images.generate(prompt="a cat", n=2, model="auto")
    assert got.data is not None
    assert [each.b64_json for each in got.data] == [PICTURE, PICTURE]
    assert vendor.wanted[0].model == "gpt-image-1"
    row = await house.row()
    assert (row["endpoint"], row["images"], row["output_tokens"]) == ("image_generations", 2, 544)
    assert row["trace"][-1]["reason"].startswith("images are not routed")


async def test_a_streamed_picture(house: House, vendor: ServiceUpstream) -> None:
    async with house.sdk() as sdk:
        stream: Any = await sdk.images.generate(
            prompt="a cat", model="gpt-image-1", stream=True, partial_images=1
        )
        kinds = [event.type async for event in stream]
    assert kinds == ["image_generation.partial_image", "image_generation.completed"]
    row = await house.row()
    assert (row["streaming"], row["images"], row["input_tokens"]) == (True, 1, 7)


async def test_an_edit_keeps_every_byte_of_the_upload(
    house: House, vendor: ServiceUpstream
) -> None:
    async with house.sdk() as sdk:
        await sdk.images.edit(
            model="acme/gpt-image-1", prompt="a hat 帽子", image=[("a.png", PNG), ("b.png", PNG)]
        )
    wanted = vendor.wanted[0]
    assert (wanted.model, wanted.fields["prompt"]) == ("gpt-image-1", "a hat 帽子")
    assert wanted.files == {"image[]": PNG}
    row = await house.row()
    assert (row["endpoint"], row["modalities"]) == ("image_edits", ["image", "text"])


@pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning")
async def test_a_variation(house: House, vendor: ServiceUpstream) -> None:
    await house.set(routing__default_image_generation_target="acme/dall-e-3")
    async with house.sdk() as sdk:
        await sdk.images.create_variation(image=("a.png", PNG))
    assert (vendor.wanted[0].model, vendor.wanted[0].files) == ("dall-e-3", {"image": PNG})


async def test_image_generation_can_be_switched_off(house: House, vendor: ServiceUpstream) -> None:
    await house.set(routing__image_generation=False)
    got = await house.call("POST", GENERATIONS, {"prompt": "a cat", "model": "acme/gpt-image-1"})
    assert (got.status, got.error["code"]) == (400, "image_generation_off")
    assert vendor.seen == []


async def test_without_a_default_it_says_what_to_set(house: House, vendor: ServiceUpstream) -> None:
    got = await house.call("POST", GENERATIONS, {"prompt": "a cat"})
    assert (got.status, got.error["code"]) == (400, "no_default_model")
    assert "routing.default_image_generation_target" in got.error["message"]


async def test_an_owners_price_for_images_counts_and_no_guess_does(
    house: House, vendor: ServiceUpstream
) -> None:
    await house.admin("PATCH", "models/acme%2Fgpt-image-1", {"prices": {"image_usd": "0.25"}})
    await house.call("POST", GENERATIONS, {"prompt": "a", "n": 2, "model": "gpt-image-1"})
    row = await house.row()
    assert (float(row["cost_usd"]), row["cost_source"]) == (0.5, "priced")


async def test_a_stream_that_breaks_off_ends_as_an_error_event(
    house: House, vendor: ServiceUpstream
) -> None:
    vendor.script(Serve(GENERATIONS, pieces=1))
    body = {"prompt": "a cat", "model": "gpt-image-1", "stream": True}
    got = await house.call("POST", GENERATIONS, body)
    assert got.status == 200
    assert got.events[0]["type"] == "image_generation.partial_image"
    assert got.events[-1]["error"]["code"] == "cut"
    assert (await house.row())["status"] == 502


async def test_an_error_inside_an_answer_is_a_failure(
    house: House, vendor: ServiceUpstream
) -> None:
    vendor.script(ErrorEvent(body={"error": {"message": "no paint", "type": "server_error"}}))
    got = await house.call("POST", GENERATIONS, {"prompt": "a", "model": "gpt-image-1"})
    assert (got.status, got.headers["x-butler-attempts"]) == (200, "2")


async def test_a_content_refusal_keeps_the_vendors_words(
    house: House, vendor: ServiceUpstream
) -> None:
    error = {"message": "Not this.", "type": "image_generation_user_error", "param": None}
    vendor.script(Fail(400, {"error": {**error, "code": "moderation_blocked"}}))
    got = await house.call("POST", GENERATIONS, {"prompt": "a", "model": "gpt-image-1"})
    assert (got.status, got.error["code"]) == (400, "moderation_blocked")


@pytest.mark.parametrize(
    ("type_", "body", "code"),
    [
        ("multipart/form-data", b"x", "invalid_form"),
        ("multipart/form-data; boundary=b", b"x", "invalid_form"),
        ("application/json", b"{", "invalid_json"),
        ("application/json", b'{"model": 5}', "invalid_type"),
    ],
)
async def test_what_can_not_be_read_is_a_400(
    house: House, vendor: ServiceUpstream, type_: str, body: bytes, code: str
) -> None:
    got = await house.call("POST", "/v1/images/edits", body, headers={"Content-Type": type_})
    assert (got.status, got.error["code"]) == (400, code)


async def test_a_large_picture_travels_whole(house: House, vendor: ServiceUpstream) -> None:
    large = base64.b64encode(bytes(3 * 1024 * 1024))
    async with house.sdk() as sdk:
        await sdk.images.edit(model="gpt-image-1", prompt="x", image=("a.png", large))
    assert vendor.wanted[0].files["image"] == large


async def test_a_client_that_leaves_ends_the_upstreams_work(
    house: House, vendor: ServiceUpstream
) -> None:
    vendor.script(Endless())
    async with house.session.post(
        f"{house.root}{GENERATIONS}",
        json={"prompt": "a", "model": "gpt-image-1", "stream": True},
        headers={"Authorization": f"Bearer {house.token}"},
    ) as reply:
        await reply.content.readany()
    row = await house.row()
    assert row["status"] == 499
