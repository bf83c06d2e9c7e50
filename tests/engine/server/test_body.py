"""Bodies up to 100 MB are read, whatever their encoding; others are refused in words."""

import asyncio
import gzip
import io
import json
import threading

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from butler.engine.call import Request
from butler.engine.dialects.openai_chat import OpenAIChat
from butler.engine.server.body import MAX_BODY_BYTES, read_request
from tests.e2e.house import HELLO, House, http, talk
from tests.engine.calls import new_call
from tests.fakes import Upstream

BODY = json.dumps({"messages": HELLO}).encode()


@pytest.mark.slow
async def test_a_body_over_the_limit_is_a_413(house: House) -> None:
    got = await house.post(b"x" * (MAX_BODY_BYTES + 1))
    assert (got.status, got.error["code"]) == (413, "request_too_large")
    assert "100 MB" in got.error["message"]
    assert (await house.row())["status"] == 413
    assert (await house.ask()).status == 200


async def test_a_chunked_and_a_packed_body(house: House, up: Upstream) -> None:
    await house.add(up, options={"ask_usage": False})
    packed = await house.post(gzip.compress(BODY), headers={"Content-Encoding": "gzip"})
    assert packed.status == 200
    chunked = http(b"", house.token).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    pieces = [BODY[at : at + 7] for at in range(0, len(BODY), 7)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    got = await talk(house.port, chunked + framed + b"0\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 200 OK")
    expected = b'{"model":"alpha",' + BODY[1:]
    assert [seen.body_bytes for seen in up.seen] == [expected, expected]
    assert not any("Content-Encoding" in seen.headers for seen in up.seen)


async def test_a_body_that_is_not_what_its_headers_say(house: House) -> None:
    got = await house.post(BODY, headers={"Content-Encoding": "gzip"})
    assert (got.status, got.error["code"]) == (400, "unreadable_body")
    assert (await house.row())["status"] == 400


async def test_a_slow_upload_is_no_overhead_of_ours(house: House) -> None:
    sent = http(BODY, house.token)
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(sent[:-5])
    await asyncio.sleep(0.3)
    writer.write(sent[-5:])
    assert b" 200 OK" in await reader.read()
    writer.close()
    row = await house.row()
    assert row["duration_ms"] > 300
    assert row["overhead_ms"] < 200


class Watched(OpenAIChat):
    """Notes in which thread it reads."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def read_request(self, body: bytes) -> Request:
        self.threads.append(threading.current_thread())
        return super().read_request(body)


async def test_a_large_body_is_read_off_the_loop() -> None:
    dialect = Watched()
    padded = BODY[:-1] + b',"user":"' + b"x" * 1_100_000 + b'"}'

    async def answer(request: web.Request) -> web.Response:
        read = await read_request(request, new_call(), dialect)
        return web.Response(text=str(len(read.raw)))

    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_post("/", answer)
    async with TestClient(TestServer(app)) as client:
        for body in (BODY, padded):
            async with client.post("/", data=io.BytesIO(body)) as reply:
                assert await reply.text() == str(len(body))
    assert [thread is threading.main_thread() for thread in dialect.threads] == [True, False]
