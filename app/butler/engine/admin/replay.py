"""`/api/v1/replay`, `rules:effect`: drafts tried on past calls; nothing is stored, nobody asked."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from butler.contract.replay import Effect, EffectIn, ReplayIn, ReplayLine
from butler.engine.admin.control import Control
from butler.engine.admin.drafting import drafted, with_rule
from butler.engine.admin.exchange import NO_STORE, read, reply
from butler.engine.admin.past import latest_routed, with_words
from butler.engine.admin.routes import Raw, Route
from butler.engine.admin.view import AdminRuntime
from butler.engine.assistant.past.effect import EffectSum
from butler.engine.assistant.past.sums import ReplaySum
from butler.engine.assistant.past.trial import Compared, Trial
from butler.engine.store.requests import RequestRecord

_SLICE_NS = 4_000_000
"""After so long, whoever else waits for the engine has a turn."""
_TELL_EVERY_S = 0.1


class ReplayResource:
    """The time machine."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "POST",
                "rules:effect",
                self._effect,
                "What would this rule have done to past calls?",
                Effect,
                EffectIn,
                refusals=(404,),
            ),
            Route(
                "POST",
                "replay",
                self._replay,
                "What would this draft have changed? Hanging up ends it.",
                Raw("application/x-ndjson", "How far it is, line by line; the last is the result."),
                ReplayIn,
            ),
        ]

    async def _effect(self, request: web.Request) -> web.Response:
        wanted = await read(request, EffectIn)
        changes = self._control.changes
        draft, id_ = await asyncio.to_thread(with_rule, changes, wanted)
        rows = await latest_routed(self._control, wanted.calls)
        trial = self._trial(draft)
        effect = EffectSum(trial, next(rule for rule in draft.rules if rule.id == id_))
        async for compared in self._compared(trial, rows):
            effect.add(compared)
        return reply(effect.told(), changes.runtime.revision)

    async def _replay(self, request: web.Request) -> web.StreamResponse:
        wanted = await read(request, ReplayIn)
        draft = await asyncio.to_thread(drafted, self._control.changes, wanted)
        rows = await latest_routed(self._control, wanted.calls)
        headers = {**NO_STORE, "Content-Type": "application/x-ndjson"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        # Who hangs up wants no more of it: the next line finds nobody, and that ends the work.
        with suppress(ConnectionError):
            async for line in self._lines(self._trial(draft), rows):
                await response.write(line.model_dump_json().encode() + b"\n")
            await response.write_eof()
        return response

    async def _lines(self, trial: Trial, rows: list[RequestRecord]) -> AsyncIterator[ReplayLine]:
        replay, done, told_at = ReplaySum(), 0, time.monotonic()
        yield ReplayLine(done=0, of=len(rows))
        async for compared in self._compared(trial, rows):
            replay.add(compared)
            done += 1
            if time.monotonic() - told_at >= _TELL_EVERY_S:
                told_at = time.monotonic()
                yield ReplayLine(done=done, of=len(rows))
        yield ReplayLine(done=done, of=len(rows), replayed=replay.told())

    def _trial(self, draft: AdminRuntime) -> Trial:
        return Trial(self._control.changes.runtime, draft, self._control.dialects)

    async def _compared(self, trial: Trial, rows: list[RequestRecord]) -> AsyncIterator[Compared]:
        """Compare call by call, in slices between which the endpoints go on."""
        began = time.perf_counter_ns()
        async for stretch in with_words(self._control, rows):
            for compared in trial.compare(stretch.rows, stretch.words):
                yield compared
                if time.perf_counter_ns() - began >= _SLICE_NS:
                    await asyncio.sleep(0)
                    began = time.perf_counter_ns()
