"""The scripted vendor with its services, beside the conversations that every upstream holds."""

from dataclasses import dataclass

from aiohttp import web

from tests.fakes import checks, services
from tests.fakes.errors import VendorError, error_body
from tests.fakes.exchange import Exchange
from tests.fakes.upstream import Behaviour, Seen, Upstream

MODELS = (
    *("text-embedding-3-small", "text-embedding-ada-002", "gpt-image-1", "dall-e-3", "whisper-1"),
    *("gpt-4o-transcribe", "tts-1", "gpt-4o-mini-tts", "omni-moderation-latest", "gpt-4o"),
    *("gpt-3.5-turbo-instruct", "alpha"),
)


@dataclass(frozen=True, slots=True)
class Serve:
    """The answer that the vendor gives; with `pieces` only its first ones, then the line is cut."""

    path: str
    pieces: int | None = None

    async def play(self, exchange: Exchange) -> None:
        """Answer."""
        told = services.answer(self.path, exchange.ask)
        is_whole = len(told.pieces) == 1
        length = len(told.pieces[0]) if is_whole else None
        await exchange.begin(told.content_type, length=length)
        for piece in told.pieces[: self.pieces]:
            await exchange.write(piece)
            await exchange.pause(0.01)
        if self.pieces is not None:
            await exchange.cut(reset=True)
        await exchange.end()


class ServiceUpstream(Upstream):
    """A vendor with models for everything; faults are scripted as for conversations."""

    def __init__(self, models: tuple[str, ...] = MODELS, key: str = "sk-upstream") -> None:
        super().__init__(models, key)
        self.wanted: list[services.Wanted] = []

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.path not in services.PATHS or request.method != "POST":
            return await super()._serve(request)
        raw = await request.read()
        path, type_ = request.path, request.headers.get("Content-Type", "")
        self.seen.append(Seen(request.method, request.path_qs, request.headers.copy(), raw, None))
        try:
            checks.check_key(request.headers.get("Authorization"), self.key)
            wanted = services.read(path, raw, type_, self.models)
        except VendorError as refusal:
            body = error_body(refusal.message, param=refusal.param, code=refusal.code)
            return web.json_response(body, status=refusal.status)
        self.wanted.append(wanted)
        behaviour: Behaviour = self._script.popleft() if self._script else Serve(path)
        exchange = Exchange(request, wanted, self.vendor)
        self._exchanges.append(exchange)
        await behaviour.play(exchange)
        return exchange.response
