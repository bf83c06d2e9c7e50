"""The yardstick: the least that an aiohttp proxy can do. `passthrough.py UPSTREAM PORT`."""

import sys
from collections.abc import AsyncIterator

import aiohttp
import uvloop
from aiohttp import web

UPSTREAM, PORT = sys.argv[1], int(sys.argv[2])
SESSION = web.AppKey("session", aiohttp.ClientSession)


async def forward(request: web.Request) -> web.StreamResponse:
    body = await request.read()
    headers = {name: request.headers[name] for name in ("Authorization", "Content-Type")}
    session = request.app[SESSION]
    async with session.post(UPSTREAM + request.path, data=body, headers=headers) as answer:
        reply = web.StreamResponse(status=answer.status)
        reply.content_type, reply.content_length = answer.content_type, answer.content_length
        await reply.prepare(request)
        async for chunk in answer.content.iter_any():
            await reply.write(chunk)
        return reply


async def pooled_session(app: web.Application) -> AsyncIterator[None]:
    app[SESSION] = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
    async with app[SESSION]:
        yield


app = web.Application(client_max_size=2**27)
app.cleanup_ctx.append(pooled_session)
app.router.add_post("/{path:.*}", forward)
web.run_app(
    app, host="127.0.0.1", port=PORT, access_log=None, print=None, loop=uvloop.new_event_loop()
)
