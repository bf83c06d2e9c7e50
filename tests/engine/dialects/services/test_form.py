"""Forms are read where they lie, and one field is changed without touching another byte."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.engine.dialects.services.form import Form
from butler.engine.errors import ClientError

TYPE = 'multipart/form-data; boundary="b 1"'
SOUND = b"RIFF\x00\xff\r\n--b \r\n\r\n--"


def form(*parts: tuple[str, bytes]) -> bytes:
    """A form of parts: what stands after `form-data; `, and the content."""
    out = b"".join(
        b"--b 1\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), content)
        for head, content in parts
    )
    return out + b"--b 1--\r\n"


USUAL = form(
    ('name="model"', b"auto"),
    ('name="file"; filename="a \\"b\\".wav"\r\nContent-Type: audio/wav', SOUND),
    ('name="prompt"', "说".encode()),
)


def read(body: bytes, type_: str = TYPE) -> Form:
    found = Form.read(body, type_)
    assert found is not None
    return found


def test_fields_are_read_and_files_are_left() -> None:
    found = read(USUAL)
    assert found.fields == {"model": "auto", "prompt": "说"}
    assert [part.name for part in found.parts if part.is_file] == ["file"]


def test_only_the_one_field_changes() -> None:
    changed = read(USUAL).with_field("model", "whisper-1")
    assert changed == USUAL.replace(b"\r\nauto\r\n", b"\r\nwhisper-1\r\n")


def test_a_missing_field_is_put_first() -> None:
    body = form(('name="file"; filename="x"', SOUND))
    changed = read(body).with_field("model", "whisper-1")
    assert changed == form(('name="model"', b"whisper-1")).removesuffix(b"--b 1--\r\n") + body


def test_a_field_that_comes_twice_changes_twice() -> None:
    body = form(('name="model"', b"a"), ("name=model", b""))
    assert read(read(body).with_field("model", "c").replace(b"b 2", b"b 1")).fields == {
        "model": "c"
    }
    assert read(body).with_field("model", "c").count(b"\r\nc\r\n") == 2


def test_what_comes_before_the_first_part_does_not_matter() -> None:
    body = b"preamble\r\n" + form(('name="model"', b"a"))
    assert read(body).fields == {"model": "a"}


def test_a_file_called_model_is_no_name() -> None:
    assert read(form(('name="model"; filename="m.bin"', b"x"))).fields == {}


def test_a_part_without_a_name_is_passed_over() -> None:
    assert read(form(('filename="m.bin"', b"x"))).parts == ()


def test_what_is_not_called_a_form_is_none() -> None:
    assert Form.read(USUAL, "application/json") is None
    assert Form.read(USUAL, "") is None


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (USUAL, "multipart/form-data"),
        (USUAL, "multipart/form-data; boundary=other"),
        (USUAL[:-20], TYPE),
        (b"", TYPE),
        (form(*[('name="x"', b"")] * 1001), TYPE),
    ],
)
def test_a_broken_form_is_refused(body: bytes, type_: str) -> None:
    with pytest.raises(ClientError) as refused:
        Form.read(body, type_)
    assert (refused.value.status, refused.value.code) == (400, "invalid_form")


@given(content=st.binary(max_size=200), name=st.text(max_size=40))
def test_a_files_bytes_are_never_changed(content: bytes, name: str) -> None:
    if re.search(rb"\r\n--b 1", b"\r\n" + content):
        return
    body = form(('name="file"; filename="x"', content), ('name="model"', b"auto"))
    changed = read(body).with_field("model", name)
    assert b"\r\n\r\n" + content + b"\r\n--b 1\r\n" in changed
    assert changed.endswith(b"\r\n\r\n" + name.encode() + b"\r\n--b 1--\r\n")
