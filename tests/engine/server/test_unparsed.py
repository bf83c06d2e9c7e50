"""What the HTTP parser refuses gets JSON that repeats none of it."""

import json

import pytest
from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from butler.engine.server.unparsed import JsonRunner
from tests.e2e.house import House, talk

SECRET = b"sk-secret-in-a-broken-request"
BROKEN = {
    "no-http": b"\x16\x03\x01\x02\x00\x01" + SECRET + b"\r\n\r\n",
    "version": b"GET /" + SECRET + b" HTTP/9.9\r\n\r\n",
    "header": b"GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization " + SECRET + b"\r\n\r\n",
    "two-lengths": b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n" + SECRET,
    "long-header": b"GET / HTTP/1.1\r\nX: " + SECRET * 1000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
async def test_json_without_a_word_of_it(house: House, sent: bytes) -> None:
    got = await talk(house.port, sent)
    head, _, body = got.partition(b"\r\n\r\n")
    assert head.startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 ", b"HTTP/1.1 431 "))
    assert b"application/json" in head
    error = json.loads(body)["error"]
    assert (error["code"], error["param"]) == ("unreadable_request", None)
    assert error["message"]
    assert SECRET not in got
    assert (await house.ask()).status == 200


async def test_the_library_is_still_made_as_we_need_it() -> None:
    """Fails first where a new aiohttp has other private parts, and names them."""
    made = await web.AppRunner(web.Application())._make_server()
    missing = {"_loop", "_kwargs", "request_handler", "request_factory"} - set(dir(made))
    assert not missing, f"aiohttp's Server has no {missing} any more: mend server/unparsed.py"
    assert callable(RequestHandler.handle_error)
    runner = JsonRunner(web.Application())
    await runner.setup()
    try:
        assert runner.server is not None
        assert type(runner.server()).handle_error is not RequestHandler.handle_error
    finally:
        await runner.cleanup()
