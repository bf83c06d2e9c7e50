"""What every call has around it, whatever it asks for: it is counted, and recorded in any case."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from butler.engine.call import TALK, Call
from butler.engine.dialects.base import Dialect
from butler.engine.errors import ClientError, UpstreamError
from butler.engine.ledger.recorder import Finished
from butler.engine.server import reply
from butler.engine.server.serving import Serving, ServingRuntime
from butler.engine.signals.features import Features
from butler.engine.store.ids import new_id

Answering = Callable[[web.Request, Call, ServingRuntime], Awaitable[web.StreamResponse]]


async def framed(
    serving: Serving, name: str, dialect: Dialect, request: web.Request, answering: Answering
) -> web.StreamResponse:
    """Start a call, have it answered, and record it, whatever happened.

    `name` is what the log calls the endpoint; refusals are put into words of the `dialect`.
    """
    runtime = serving.runtime()
    call = Call(new_id("req"), name, runtime, request.headers)
    call.known = Features(call)
    try:
        with serving.in_flight.one_more():
            return await answering(request, call, runtime)
    except (ClientError, UpstreamError) as error:
        return await reply.send_refusal(request, call, dialect, error)
    except asyncio.CancelledError:
        reply.mark_gone(call)
        raise
    except ConnectionError:
        # The client closed while we wrote: nobody is left to read what we return.
        reply.mark_gone(call)
        return web.Response(status=reply.GONE)
    except Exception as error:
        call.end(500, f"{type(error).__name__} in the engine")
        raise
    finally:
        serving.record(_finished(call, runtime))


def _finished(call: Call, runtime: ServingRuntime) -> Finished:
    provider = runtime.providers.get(call.target.provider) if call.target else None
    base_url = provider.connection.base_url if provider else None
    learns = runtime.router.learns and call.request is not None and call.request.makes in TALK
    return Finished(call, base_url, runtime.router.observe if learns else None)
