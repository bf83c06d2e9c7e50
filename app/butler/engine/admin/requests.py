"""`/api/v1/requests`: the log, newest first; one call of it; and all of it as a file."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from aiohttp import web

from butler.contract.call_filter import ExportQuery, PageQuery
from butler.contract.resources import CallRow
from butler.engine.admin.call_filter import filter_of
from butler.engine.admin.control import Control, call_row
from butler.engine.admin.exchange import NO_STORE, nothing_called, read_query, reply, reply_items
from butler.engine.admin.export import FORMATS
from butler.engine.admin.routes import Items, Raw, Route
from butler.engine.store import requests
from butler.engine.store.requests import Filter, RequestRecord

_ROWS_AT_ONCE = 100
"""So few that the endpoints are not kept waiting while a file is made of the log."""


class RequestsResource:
    """The recorded calls."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes; the export comes before what looks like an id."""
        return [
            Route(
                "GET",
                "requests",
                self._list,
                "A page of the log, newest first.",
                Items(CallRow),
                query=PageQuery,
                refusals=(404,),
            ),
            Route(
                "GET",
                "requests/export",
                self._export,
                "The log as CSV or JSON lines, newest first.",
                Raw(
                    "text/csv",
                    "Rows as they are read; `format=jsonl` gives a call per line.",
                    (FORMATS["jsonl"].media_type,),
                ),
                query=ExportQuery,
            ),
            Route("GET", "requests/{id}", self._get, "One call.", CallRow),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        query = read_query(request, PageQuery)
        # Time zones are read from files.
        chosen = await asyncio.to_thread(filter_of, query)
        before: tuple[datetime, str] | None = None
        async with self._control.database.connect() as connection:
            if query.before:
                last = await requests.get(connection, query.before)
                if last is None:
                    raise nothing_called("request", query.before)
                before = (last.started_at, last.id)
            page = await requests.page(connection, before, query.limit, chosen)
        return reply_items([call_row(row) for row in page], self._control.changes.runtime.revision)

    async def _get(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        async with self._control.database.connect() as connection:
            row = None if "\0" in id_ else await requests.get(connection, id_)
        if row is None:
            raise nothing_called("request", id_)
        return reply(call_row(row), self._control.changes.runtime.revision)

    async def _export(self, request: web.Request) -> web.StreamResponse:
        query = read_query(request, ExportQuery)
        form = FORMATS[query.format]
        pages = self._pages(await asyncio.to_thread(filter_of, query))
        # The first page comes before the headers, so that a database that is away has a status.
        rows = await anext(pages)
        headers = {
            **NO_STORE,
            "Content-Type": f"{form.media_type}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="requests.{query.format}"',
        }
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(form.head + form.lines(rows))
        async for rows in pages:
            await response.write(form.lines(rows))
        await response.write_eof()
        return response

    async def _pages(self, chosen: Filter) -> AsyncIterator[tuple[RequestRecord, ...]]:
        """Give the log page by page, at least one; only one is ever in memory."""
        before: tuple[datetime, str] | None = None
        while True:
            async with self._control.database.connect() as connection:
                page = await requests.page(connection, before, _ROWS_AT_ONCE, chosen)
            yield page
            if len(page) < _ROWS_AT_ONCE:
                return
            before = (page[-1].started_at, page[-1].id)
