"""The desktop's way to the engine: admin calls and the event stream, over loopback HTTP.

Errors: `EngineGone` when there is no engine to talk to (or something else answers in its
place), `Refused` when the engine said no and told why.
"""

from collections.abc import AsyncGenerator, AsyncIterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType, TracebackType
from typing import Generic, Self, TypeVar
from urllib.parse import quote

import aiohttp
from pydantic import BaseModel, JsonValue, ValidationError

from butler.contract.engine_file import EngineFile
from butler.contract.events import Alert, CallRecorded, ConfigChanged, EventName, Resync, Snapshot
from butler.contract.problems import Problem, Problems
from butler.contract.resources import Status, TokenSecret
from butler.desktop.sse import EventReader, ServerEvent

Answer = TypeVar("Answer", bound=BaseModel)
Event = Snapshot | CallRecorded | ConfigChanged | Alert | Resync
QueryValue = str | int | bool | None | Sequence[str]

_NO_QUERY: Mapping[str, QueryValue] = MappingProxyType({})

_CALL_TIMEOUT_S = 10.0
_SILENCE_TIMEOUT_S = 40.0
"""The engine sends a comment every 15 s: two missed ones mean that the stream is dead."""


class EngineGone(Exception):
    """No engine answers at the address we know."""


class Refused(Exception):
    """The engine refused a call; `problems` says why and what to do."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.detail for problem in problems))
        self.problems = problems


class _Items(BaseModel, Generic[Answer]):
    """A list as the engine sends it."""

    items: list[Answer]


class EngineClient:
    """Talks to the engine behind one `engine.json`; use it as an async context manager."""

    def __init__(self, door: EngineFile, timeout_s: float = _CALL_TIMEOUT_S) -> None:
        self.door = door
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(
            f"{self.door.admin_url.rstrip('/')}/",
            headers={"Authorization": f"Bearer {self.door.token}"},
            timeout=self._timeout,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.close()

    async def status(self) -> Status:
        """Return the engine at a glance."""
        return await self.read("status", Status)

    async def change_setting(self, key: str, value: JsonValue) -> None:
        """Set one setting; the event stream tells when it is in force."""
        await self._call("PATCH", "settings", {key: value})

    async def token_secret(self, token: str) -> TokenSecret:
        """Return the text of a client token, by its id or name, where a copy is kept."""
        return await self.read(f"tokens/{part(token)}/secret", TokenSecret)

    async def shutdown(self) -> None:
        """Ask the engine to finish what runs and stop."""
        await self._call("POST", "shutdown")

    async def events(self) -> AsyncGenerator[Event, None]:
        """Yield the events, a snapshot first, until the engine ends the stream."""
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=_CALL_TIMEOUT_S, sock_read=_SILENCE_TIMEOUT_S
        )
        reader = EventReader()
        with _errors_mapped():
            async with self._http.get("api/v1/events", timeout=timeout) as reply:
                await _raise_refusal(reply)
                async for chunk in reply.content.iter_any():
                    for raw in reader.feed(chunk):
                        if event := _read_event(raw):
                            yield event

    async def read(self, path: str, answer: type[Answer], **query: QueryValue) -> Answer:
        """Return what the engine says at `path`; a `query` value of None is left out."""
        body = await self._call("GET", path, query=query)
        with _errors_mapped():
            return answer.model_validate_json(body)

    async def listed(self, path: str, item: type[Answer], **query: QueryValue) -> list[Answer]:
        """Return the items of the list at `path`."""
        return _items(await self._call("GET", path, query=query), item)

    async def listed_at(self, path: str, item: type[Answer]) -> tuple[list[Answer], int]:
        """Return the items of a list, and the revision of which they are."""
        with _errors_mapped():
            async with self._http.get(f"api/v1/{path}", timeout=self._timeout) as reply:
                await _raise_refusal(reply)
                return _items(await reply.read(), item), _revision(reply)

    async def ask(
        self,
        method: str,
        path: str,
        answer: type[Answer],
        body: JsonValue = None,
        timeout_s: float | None = None,
    ) -> Answer:
        """Have the engine do something, and return what it says then."""
        said = await self._call(method, path, body, timeout_s=timeout_s)
        with _errors_mapped():
            return answer.model_validate_json(said)

    async def asked(
        self,
        method: str,
        path: str,
        item: type[Answer],
        body: JsonValue = None,
        timeout_s: float | None = None,
    ) -> list[Answer]:
        """Have the engine do something that brings a list, and return its items."""
        return _items(await self._call(method, path, body, timeout_s=timeout_s), item)

    async def exchange(self, path: str, body: JsonValue, revision: int) -> None:
        """Put something in the place of what there was at a revision.

        Raises `Refused` with `stale_revision` when another one is in force by now.
        """
        await self._call("PUT", path, body, revision=revision)

    async def send(self, method: str, path: str, body: JsonValue = None) -> None:
        """Have the engine do something of which the answer does not matter."""
        await self._call(method, path, body)

    async def upload(self, path: str, answer: type[Answer], pieces: AsyncIterable[bytes]) -> Answer:
        """Send a body of any length as it is read, and return what the engine says then."""
        timeout = aiohttp.ClientTimeout(total=None)
        with _errors_mapped():
            async with self._http.post(f"api/v1/{path}", data=pieces, timeout=timeout) as reply:
                await _raise_refusal(reply)
                return answer.model_validate_json(await reply.read())

    async def chunks(
        self, path: str, method: str = "GET", **query: QueryValue
    ) -> AsyncGenerator[bytes, None]:
        """Yield an answer of any length as it comes, for files."""
        timeout = aiohttp.ClientTimeout(total=None, sock_read=_SILENCE_TIMEOUT_S)
        with _errors_mapped():
            async with self._http.request(
                method, f"api/v1/{path}", params=_pairs(query), timeout=timeout
            ) as reply:
                await _raise_refusal(reply)
                async for chunk in reply.content.iter_any():
                    yield chunk

    async def lines(
        self, method: str, path: str, line: type[Answer], body: JsonValue
    ) -> AsyncGenerator[Answer, None]:
        """Yield the lines of an answer that is worked out while one waits; leaving ends it."""
        timeout = aiohttp.ClientTimeout(total=None, sock_read=_SILENCE_TIMEOUT_S)
        with _errors_mapped():
            async with self._http.request(
                method, f"api/v1/{path}", json=body, timeout=timeout
            ) as reply:
                await _raise_refusal(reply)
                rest = b""
                async for chunk in reply.content.iter_any():
                    *whole, rest = (rest + chunk).split(b"\n")
                    for raw in whole:
                        yield line.model_validate_json(raw)

    async def _call(
        self,
        method: str,
        path: str,
        body: JsonValue = None,
        query: Mapping[str, QueryValue] = _NO_QUERY,
        timeout_s: float | None = None,
        revision: int | None = None,
    ) -> bytes:
        timeout = aiohttp.ClientTimeout(total=timeout_s) if timeout_s else self._timeout
        headers = {} if revision is None else {"If-Match": f'"{revision}"'}
        if self._http.closed:
            raise EngineGone("The engine was left meanwhile.")
        with _errors_mapped():
            async with self._http.request(
                method,
                f"api/v1/{path}",
                params=_pairs(query),
                json=body,
                headers=headers,
                timeout=timeout,
            ) as reply:
                await _raise_refusal(reply)
                return await reply.read()


def _items(body: bytes, item: type[Answer]) -> list[Answer]:
    with _errors_mapped():
        # Only at run time is it known of what the list is.
        return _Items[item].model_validate_json(body).items  # type: ignore[valid-type]


def _revision(reply: aiohttp.ClientResponse) -> int:
    text = reply.headers.get("ETag", "").strip('"')
    if not text.isdecimal():
        raise EngineGone("What answers there is not this version's engine.")
    return int(text)


def part(name: str) -> str:
    """Return a name as one part of a path: slashes and all."""
    return quote(name, safe="")


def _pairs(query: Mapping[str, QueryValue]) -> list[tuple[str, str]]:
    pairs = []
    for name, value in query.items():
        values = value if isinstance(value, list | tuple) else [value]
        # A keyword of Python's can be asked for with an underscore: `from_`.
        pairs += [(name.rstrip("_"), _word(each)) for each in values if each is not None]
    return pairs


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@contextmanager
def _errors_mapped() -> Iterator[None]:
    """Turn what the HTTP library and the JSON reader raise into `EngineGone`."""
    try:
        yield
    except (aiohttp.ClientError, OSError) as error:
        raise EngineGone(f"The engine does not answer: {error}") from error
    except ValidationError as error:
        raise EngineGone("What answers there is not this version's engine.") from error


async def _raise_refusal(reply: aiohttp.ClientResponse) -> None:
    if reply.ok:
        return
    raise Refused(Problems.model_validate_json(await reply.read()).problems)


def _read_event(raw: ServerEvent) -> Event | None:
    types: dict[str, type[Event]] = {
        EventName.SNAPSHOT: Snapshot,
        EventName.CALL: CallRecorded,
        EventName.CONFIG: ConfigChanged,
        EventName.ALERT: Alert,
        EventName.RESYNC: Resync,
    }
    kind = types.get(raw.name)
    # A newer engine may know more events; those are not for us.
    return kind.model_validate_json(raw.data) if kind else None
