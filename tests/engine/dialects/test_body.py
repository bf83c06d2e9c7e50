"""What is a chat request in any dialect, and what is not."""

import pytest

from butler.engine.dialects.body import read_object
from butler.engine.errors import ClientError


def test_a_request() -> None:
    assert read_object(b'{"messages":[{}],"model":"m"}') == {"messages": [{}], "model": "m"}
    assert "model" not in read_object(b'{"messages":[{}]}')


@pytest.mark.parametrize(
    ("body", "code", "param"),
    [
        (b"", "invalid_json", None),
        (b"[]", "invalid_json", None),
        (b'{"model":1,"messages":[{}]}', "invalid_type", "model"),
        (b'{"model":"m"}', "missing_required_parameter", "messages"),
        (b'{"messages":[]}', "invalid_type", "messages"),
        (b'{"messages":"x"}', "invalid_type", "messages"),
    ],
)
def test_no_request(body: bytes, code: str, param: str | None) -> None:
    with pytest.raises(ClientError) as refused:
        read_object(body)
    assert (refused.value.status, refused.value.code, refused.value.param) == (400, code, param)
