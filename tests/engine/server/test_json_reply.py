"""JSON replies say that they are JSON."""

from butler.engine.server.json_reply import json_reply


def test_body_type_status_and_headers() -> None:
    reply = json_reply({"name": "模型"}, 201, {"x-more": "1"})
    assert (reply.status, reply.content_type, reply.headers["x-more"]) == (
        201,
        "application/json",
        "1",
    )
    assert reply.body == '{"name":"模型"}'.encode()
