"""Parts of contents in both of OpenAI's spellings, side by side with what they are read as."""

from typing import Any

import pytest

from butler.engine.dialects.canonical import Audio, Document, Image, Inline, Link, Part, Text
from butler.engine.dialects.openai_parts import arguments_of, read_parts
from butler.engine.errors import ClientError

PNG = "data:image/png;base64,iVBO"
PDF = Inline("application/pdf", "JVBE")

PARTS: list[tuple[Any, Part]] = [
    ({"type": "text", "text": "a"}, Text("a")),
    ({"type": "input_text", "text": "a"}, Text("a")),
    ({"type": "output_text", "text": "a", "annotations": []}, Text("a")),
    ({"type": "refusal", "refusal": "no"}, Text("no")),
    ({"type": "image_url", "image_url": {"url": PNG}}, Image(Inline("image/png", "iVBO"))),
    ({"type": "input_image", "image_url": PNG}, Image(Inline("image/png", "iVBO"))),
    ({"type": "input_image", "image_url": "https://a/b"}, Image(Link("https://a/b"))),
    ({"type": "file", "file": {"file_data": "JVBE", "filename": "a"}}, Document(PDF, "a")),
    ({"type": "input_file", "file_data": "JVBE", "filename": "a"}, Document(PDF, "a")),
    ({"type": "input_file", "file_url": "https://a/b"}, Document(Link("https://a/b"))),
    ({"type": "input_audio", "input_audio": {"data": "A", "format": "mp3"}}, Audio("mp3", "A")),
]


@pytest.mark.parametrize(("part", "read"), PARTS, ids=lambda it: str(it)[:40])
def test_a_part(part: Any, read: Part) -> None:
    assert list(read_parts([part], "messages[0]")) == [read]


@pytest.mark.parametrize(
    ("part", "param"),
    [
        (7, "m.content[0]"),
        ({"type": "hologram"}, "m.content[0].type"),
        ({"type": "input_image", "file_id": "f"}, "m.content[0].image_url"),
        ({"type": "input_file", "file_id": "f"}, "m.content[0]"),
        ({"type": "file"}, "m.content[0].file"),
        ({"type": "input_audio"}, "m.content[0].input_audio"),
    ],
    ids=str,
)
def test_what_no_model_can_be_given(part: Any, param: str) -> None:
    with pytest.raises(ClientError) as refused:
        list(read_parts([part], "m"))
    assert (refused.value.status, refused.value.param) == (400, param)


def test_text_stands_for_a_list_of_one() -> None:
    assert list(read_parts("a", "m")) == [Text("a")]
    assert list(read_parts(None, "m")) == []


def test_arguments_may_be_an_object() -> None:
    assert arguments_of({"arguments": {"a": 1}}) == '{"a":1}'
    assert arguments_of({"arguments": '{"a": 1}'}) == '{"a": 1}'
    assert arguments_of({}) == "{}"
