"""Tries providers out: what they list, whether a model answers, which run on this machine."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from butler.engine.call import Timeouts
from butler.engine.dispatch.upstream import Upstream
from butler.engine.errors import FailureKind, UpstreamError
from butler.engine.providers.base import Describing, Outgoing, Provider
from butler.engine.providers.listing import ListedModel

_PATIENT = Timeouts(connect_ms=5_000, first_byte_ms=30_000, idle_ms=15_000, total_ms=60_000)
_BRIEF = Timeouts(connect_ms=700, first_byte_ms=2_000, idle_ms=1_000, total_ms=2_500)
_NO_LIST = frozenset({404, 405, 501})
"""Statuses of providers that have models but no list of them."""
_AT_ONCE = 4
_MOST_DESCRIBED = 64
"""How many models are asked about one by one: the first of a list."""
_OUR_NAME = "butler"


class NoList(Exception):
    """The provider gives no list of models; that alone is no failure."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a try: the models listed, the model called, and the failure, if any."""

    ms: float
    listed: tuple[ListedModel, ...] | None = None
    model: str | None = None
    error: UpstreamError | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """What a provider shows when it is only looked at: its time, and what is wrong, if anything."""

    date: datetime | None = None
    error: UpstreamError | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """Sends the few requests that trying a provider takes."""

    upstream: Upstream

    async def models(self, provider: Provider) -> tuple[ListedModel, ...]:
        """Return what a provider lists, and what it tells of each model where that is asked apart.

        Raises NoList, or UpstreamError as in a call.
        """
        listed = await self._listed(provider, _PATIENT)
        if not isinstance(provider, Describing):
            return listed
        places = asyncio.Semaphore(_AT_ONCE)
        first, rest = listed[:_MOST_DESCRIBED], listed[_MOST_DESCRIBED:]
        told = await asyncio.gather(*(self._described(provider, it, places) for it in first))
        return (*told, *rest)

    async def _described(
        self, provider: Provider, model: ListedModel, places: asyncio.Semaphore
    ) -> ListedModel:
        """Return a model with what is told of it; as it was listed where nothing is."""
        if not isinstance(provider, Describing):
            return model
        async with places:
            try:
                asked = provider.describe_request(model.id)
                return provider.described(model, await self._answer(provider, asked, _BRIEF))
            except (UpstreamError, ValueError):
                return model

    async def _listed(self, provider: Provider, timeouts: Timeouts) -> tuple[ListedModel, ...]:
        answer = await self._answer(provider, provider.models_request(), timeouts)
        try:
            return provider.read_models(answer)
        except ValueError as error:
            raise NoList from error

    async def glance(self, provider: Provider) -> Glance:
        """Say whether a provider answers at all, and what time it is there."""
        try:
            outgoing = provider.models_request()
            options = provider.connection.options
            exchange = await self.upstream.send(outgoing, _BRIEF, streamed=False, options=options)
        except UpstreamError as error:
            return Glance(error=error)
        try:
            date = _date(exchange.headers.get("Date"))
            if exchange.status in _NO_LIST or exchange.status == 200:
                return Glance(date)
            body = await exchange.error_body()
            return Glance(date, provider.explain_error(exchange.status, exchange.headers, body))
        finally:
            exchange.close()

    async def test(self, provider: Provider, model: str | None, *, call: bool = False) -> Finding:
        """Try a provider: its list, and where it has none, or with `call`, one token of a model.

        `model` is the one to call; without one it is the first that is listed.
        """
        started = time.perf_counter()
        listed = None
        try:
            try:
                listed = await self.models(provider)
            except NoList:
                call = True
            model = (model or _first(listed or ())) if call else None
            if model is not None:
                await self._answer(provider, provider.probe(model), _PATIENT)
        except UpstreamError as error:
            return Finding(_ms_since(started), listed, model if listed else None, error)
        return Finding(_ms_since(started), listed, model)

    async def running(self, servers: Sequence[Provider]) -> list[tuple[Provider, list[str]]]:
        """Return those of the servers that run on this machine now, with their models' names."""
        found = await asyncio.gather(*(self._names(server) for server in servers))
        pairs = zip(servers, found, strict=True)
        return [(server, names) for server, names in pairs if names is not None]

    async def _names(self, server: Provider) -> list[str] | None:
        try:
            listed = await self._listed(server, _BRIEF)
        except (NoList, UpstreamError):
            return None
        return [model.id for model in listed if model.is_chat]

    async def _answer(self, provider: Provider, outgoing: Outgoing, timeouts: Timeouts) -> bytes:
        """Return the body of a success; raises NoList, or UpstreamError in the provider's words."""
        options = provider.connection.options
        exchange = await self.upstream.send(outgoing, timeouts, streamed=False, options=options)
        try:
            if exchange.headers.get("Server") == _OUR_NAME:
                raise _loop()
            if exchange.status == 200:
                return await exchange.body()
            if outgoing.method == "GET" and exchange.status in _NO_LIST:
                raise NoList
            body = await exchange.error_body()
            raise provider.explain_error(exchange.status, exchange.headers, body)
        finally:
            exchange.close()


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError):
        return None


def _first(listed: Sequence[ListedModel]) -> str | None:
    return next((model.id for model in listed if model.is_chat), None)


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


def _loop() -> UpstreamError:
    words = "A butler answers there: calls would go in circles."
    return UpstreamError(FailureKind.REFUSED, words, status=502)
