"""Reading admin requests and writing admin replies: typed bodies, revisions, problems."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar, get_origin

import orjson
from aiohttp import web
from pydantic import BaseModel, ValidationError

from butler.contract.problems import Problem, ProblemCode, Problems
from butler.engine.errors import ConfigError, problem

Body = TypeVar("Body", bound=BaseModel)
BODY, QUERY = web.RequestKey("body", object), web.RequestKey("query", object)
"""Where a request carries the types that its route declares."""
CHANGES = web.RequestKey("changes", bool)
"""Whether its route declares that it writes configuration."""
NO_STORE: Mapping[str, str] = {"Cache-Control": "no-store"}
_NUL, _BACKSLASH = rb"\u0000", rb"\\"
"""As JSON spells them; only a backslash that is itself a text's could make the former a lie."""
_REVISION = re.compile(r"[0-9]{1,18}")


class NotFound(ConfigError):
    """What the caller named does not exist."""


class ReadOnly(ConfigError):
    """What the caller named is built in."""


class Clash(ConfigError):
    """What the caller wants is in the way of what is there."""


async def read(request: web.Request, kind: type[Body]) -> Body:
    """Read the declared body; raises ConfigError with a problem for each misfit field."""
    _must_be_declared(request.get(BODY, kind), kind)
    raw = await request.read()
    try:
        found = kind.model_validate_json(raw or b"{}")
    except ValidationError as error:
        raise _misfits(error) from None
    _must_be_writable(found)
    if request.get(CHANGES, False):
        _must_be_storable(found)
    return found


def read_query(request: web.Request, kind: type[Body]) -> Body:
    """Read the declared query; a list takes a parameter as often as it comes.

    Raises ConfigError with one problem for each parameter that does not fit, or is unknown where
    `kind` forbids that.
    """
    _must_be_declared(request.get(QUERY, kind), kind)
    given = {
        name: request.query.getall(name) if _is_list(kind, name) else request.query[name]
        for name in request.query
    }
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        raise _misfits(error) from None


def _must_be_writable(found: BaseModel) -> None:
    """Refuse JSON that we could not write again, such as whole numbers of any length."""
    for name, value in found.model_dump(mode="json").items():
        try:
            orjson.dumps(value)
        except TypeError as error:
            raise _unwritable(name, str(error)) from None


def _must_be_storable(found: BaseModel) -> None:
    """Refuse texts that PostgreSQL would not keep, whatever the database: they travel."""
    for name, value in found.model_dump(mode="json").items():
        if _NUL in orjson.dumps({name: value}).replace(_BACKSLASH, b""):
            raise _unwritable(name, "a text with the character NUL")


def _unwritable(name: str, why: str) -> ConfigError:
    hint = "Whole numbers have 64 bits at most, and texts are Unicode without NUL."
    detail = f"{name[:80]!r} holds what can not be stored: {why}."
    return ConfigError(problem(ProblemCode.INVALID, detail, hint, name))


def _is_list(kind: type[BaseModel], name: str) -> bool:
    field = kind.model_fields.get(name)
    return field is not None and get_origin(field.annotation) is list


def _must_be_declared(declared: object, kind: type[BaseModel]) -> None:
    if declared is not kind:
        raise RuntimeError(f"the route does not declare {kind.__name__}, which its handler reads")


def _misfits(error: ValidationError) -> ConfigError:
    return ConfigError(*(_misfit(item) for item in error.errors(include_url=False)))


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


def document(data: BaseModel, revision: int) -> web.Response:
    """Answer with a document for people: what is as usual is left out."""
    return _json(data.model_dump_json(exclude_defaults=True).encode(), revision, 200)


def reply_items(items: Iterable[BaseModel], revision: int) -> web.Response:
    """Answer with a list as `{"items": [...]}`."""
    body = b'{"items":[' + b",".join(item.model_dump_json().encode() for item in items) + b"]}"
    return _json(body, revision, 200)


def _json(body: bytes, revision: int, status: int) -> web.Response:
    headers = {"ETag": f'"{revision}"', **NO_STORE}
    return web.Response(body=body, status=status, content_type="application/json", headers=headers)


def refuse(status: int, *problems: Problem) -> web.Response:
    """Answer with problems."""
    body = Problems(problems=list(problems)).model_dump(mode="json")
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def nothing_called(what: str, name: str) -> NotFound:
    """Return the error for a name or id that nothing has."""
    shown = name[:80]
    return NotFound(problem(ProblemCode.NOT_FOUND, f"There is no {what} {shown!r}.", field="id"))
