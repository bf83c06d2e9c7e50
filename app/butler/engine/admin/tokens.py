"""`/api/v1/tokens`: client tokens, shown once, kept as a digest, with a sealed copy by choice."""

import dataclasses
import hashlib
import secrets
from datetime import UTC, datetime

from aiohttp import web

from butler.contract.problems import ProblemCode
from butler.contract.resources import Token, TokenIn, TokenPatch, TokenSecret
from butler.engine.admin.control import Control
from butler.engine.admin.exchange import (
    NotFound,
    expected_revision,
    nothing_called,
    read,
    reply,
    reply_items,
)
from butler.engine.errors import problem
from butler.engine.store import tokens
from butler.engine.store.ids import new_id
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.tokens import TokenRecord

_PREFIX = "sk-butler-"
_RANDOM_BYTES = 32


async def create_token(
    control: Control, name: str, *, keep_copy: bool, expected: int | None = None
) -> TokenSecret:
    """Make and store a token; its text is in the reply and, but for a sealed copy, nowhere else."""
    id_ = new_id("tok")
    text = _PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    record = TokenRecord(
        id=id_,
        name=name,
        hash=hashlib.sha256(text.encode()).digest(),
        copy_envelope=control.vault.seal(_copy_record(id_), text.encode()) if keep_copy else None,
        created_at=datetime.now(UTC),
    )
    async with control.changes.edit("tokens", expected) as edit:
        await tokens.add(edit.connection, record)
    return TokenSecret(id=id_, name=name, token=text)


class TokensResource:
    """Client tokens."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/api/v1/tokens", self._list),
            web.post("/api/v1/tokens", self._add),
            web.get("/api/v1/tokens/{id}/secret", self._secret),
            web.patch("/api/v1/tokens/{id}", self._change),
            web.delete("/api/v1/tokens/{id}", self._revoke),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        snapshot = self._control.changes.runtime.snapshot
        return reply_items([_row(token) for token in snapshot.tokens], snapshot.revision)

    async def _add(self, request: web.Request) -> web.Response:
        wanted = await read(request, TokenIn)
        secret = await create_token(
            self._control,
            wanted.name,
            keep_copy=wanted.keep_copy,
            expected=expected_revision(request),
        )
        return reply(secret, self._control.changes.runtime.revision, 201)

    async def _secret(self, request: web.Request) -> web.Response:
        record = _find(self._control.changes.runtime.snapshot, request.match_info["id"])
        if record.copy_envelope is None:
            raise NotFound(
                problem(
                    ProblemCode.NO_COPY,
                    f"No copy of the token {record.name!r} is kept.",
                    "Make a new token; its text is shown once.",
                )
            )
        text = self._control.vault.open(_copy_record(record.id), record.copy_envelope).decode()
        secret = TokenSecret(id=record.id, name=record.name, token=text)
        return reply(secret, self._control.changes.runtime.revision)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, TokenPatch)
        async with self._control.changes.edit("tokens", expected_revision(request)) as edit:
            record = _find(edit.before, request.match_info["id"])
            changed = dataclasses.replace(record, name=patch.name or record.name)
            await tokens.update(edit.connection, changed)
        return reply(_row(changed), self._control.changes.runtime.revision)

    async def _revoke(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("tokens", expected_revision(request)) as edit:
            record = _find(edit.before, request.match_info["id"])
            await tokens.revoke(edit.connection, record.id, datetime.now(UTC))
        return reply(_row(record), self._control.changes.runtime.revision)


def _copy_record(token_id: str) -> str:
    return f"token/{token_id}/copy"


def _find(snapshot: Snapshot, name: str) -> TokenRecord:
    for token in snapshot.tokens:
        if name in (token.id, token.name):
            return token
    raise nothing_called("token", name)


def _row(record: TokenRecord) -> Token:
    return Token(
        id=record.id,
        name=record.name,
        has_copy=record.copy_envelope is not None,
        created_at=record.created_at,
    )
