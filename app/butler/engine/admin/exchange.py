"""Reading admin requests and writing admin replies: typed bodies, revisions, problems."""

import re
from collections.abc import Iterable
from typing import TypeVar

import orjson
from aiohttp import web
from pydantic import BaseModel, ValidationError

from butler.contract.problems import Problem, ProblemCode, Problems
from butler.engine.errors import ConfigError, problem

Body = TypeVar("Body", bound=BaseModel)
_REVISION = re.compile(r"[0-9]{1,18}")


class NotFound(ConfigError):
    """What the caller named does not exist."""


class ReadOnly(ConfigError):
    """What the caller named is built in."""


async def read(request: web.Request, kind: type[Body]) -> Body:
    """Read a typed body; raises ConfigError with one problem for each field that does not fit."""
    raw = await request.read()
    try:
        return kind.model_validate_json(raw or b"{}")
    except ValidationError as error:
        raise ConfigError(*(_misfit(item) for item in error.errors(include_url=False))) from None


def _misfit(item: object) -> Problem:
    details = item if isinstance(item, dict) else {}
    where = ".".join(str(part) for part in details.get("loc", ()))
    missing = details.get("type") == "missing"
    return problem(
        ProblemCode.MISSING if missing else ProblemCode.INVALID,
        f"{where or 'The body'}: {details.get('msg', 'does not fit')}.",
        field=where or None,
    )


def expected_revision(request: web.Request) -> int | None:
    """Return the revision in `If-Match`, None without one; raises ConfigError when it is none."""
    text = request.headers.get("If-Match", "").strip().strip('"')
    if not text or text == "*":
        return None
    if not _REVISION.fullmatch(text):
        raise ConfigError(
            problem(
                ProblemCode.INVALID, f"If-Match {text[:40]!r} is no revision.", None, "If-Match"
            )
        )
    return int(text)


def reply(data: BaseModel, revision: int, status: int = 200) -> web.Response:
    """Answer with one resource, and the revision in `ETag`."""
    return _json(data.model_dump_json().encode(), revision, status)


def reply_items(items: Iterable[BaseModel], revision: int) -> web.Response:
    """Answer with a list as `{"items": [...]}`."""
    body = b'{"items":[' + b",".join(item.model_dump_json().encode() for item in items) + b"]}"
    return _json(body, revision, 200)


def _json(body: bytes, revision: int, status: int) -> web.Response:
    headers = {"ETag": f'"{revision}"', "Cache-Control": "no-store"}
    return web.Response(body=body, status=status, content_type="application/json", headers=headers)


def refuse(status: int, *problems: Problem) -> web.Response:
    """Answer with problems."""
    body = Problems(problems=list(problems)).model_dump(mode="json")
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def nothing_called(what: str, name: str) -> NotFound:
    """Return the error for a name or id that nothing has."""
    shown = name[:80]
    return NotFound(problem(ProblemCode.NOT_FOUND, f"There is no {what} {shown!r}.", field="id"))
