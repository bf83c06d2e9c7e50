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
from butler.engine.admin.routes import Items, Route
from butler.engine.errors import ConfigError, problem
from butler.engine.store import meta, tokens
from butler.engine.store.ids import new_id
from butler.engine.store.sealed import copy_record
from butler.engine.store.snapshot import Snapshot
from butler.engine.store.tokens import TokenRecord

_PREFIX = "sk-butler-"
_RANDOM_BYTES = 32


async def create_token(
    control: Control, wanted: TokenIn, expected: int | None = None
) -> TokenSecret:
    """Make and store a token; its text is in the reply and, but for a sealed copy, nowhere else."""
    id_ = new_id("tok")
    text = _new_text()
    async with control.changes.edit("tokens", expected) as edit:
        # Sealed only now: while it waited for its turn, the master key may have become another.
        copy = control.vault.seal(copy_record(id_), text.encode()) if wanted.keep_copy else None
        record = TokenRecord(
            id=id_,
            name=wanted.name,
            hash=_digest(text),
            copy_envelope=copy,
            created_at=datetime.now(UTC),
            expires_at=_future(wanted.expires_at),
            allowed_models=tuple(wanted.allowed_models),
            requests_per_minute=wanted.requests_per_minute,
        )
        await tokens.add(edit.connection, record)
    return TokenSecret(id=id_, name=wanted.name, token=text)


class TokensResource:
    """Client tokens."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "tokens", self._list, "The tokens in use, oldest first.", Items(Token)),
            Route(
                "POST",
                "tokens",
                self._add,
                "Make a token; its text is shown this once.",
                TokenSecret,
                TokenIn,
                status=201,
                changes=True,
            ),
            Route(
                "GET",
                "tokens/{id}/secret",
                self._secret,
                "The text of a token of which a copy is kept.",
                TokenSecret,
            ),
            Route(
                "PATCH",
                "tokens/{id}",
                self._change,
                "Rename a token or change its limits; null lifts one.",
                Token,
                TokenPatch,
                changes=True,
            ),
            Route(
                "POST",
                "tokens/{id}:rotate",
                self._rotate,
                "Give a token another text, shown this once; the old one ends at once.",
                TokenSecret,
                changes=True,
            ),
            Route(
                "DELETE",
                "tokens/{id}",
                self._revoke,
                "Revoke a token, for good.",
                Token,
                changes=True,
            ),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        """Answer from the store: when a token was last used makes no revision."""
        async with self._control.database.connect() as connection:
            revision = await meta.revision(connection)
            found = await tokens.list_all(connection)
        return reply_items([self._row(token) for token in found], revision)

    async def _add(self, request: web.Request) -> web.Response:
        wanted = await read(request, TokenIn)
        secret = await create_token(self._control, wanted, expected_revision(request))
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
        text = self._control.vault.open(copy_record(record.id), record.copy_envelope).decode()
        secret = TokenSecret(id=record.id, name=record.name, token=text)
        return reply(secret, self._control.changes.runtime.revision)

    async def _change(self, request: web.Request) -> web.Response:
        patch = await read(request, TokenPatch)
        async with self._control.changes.edit("tokens", expected_revision(request)) as edit:
            record = _find(edit.before, request.match_info["id"])
            changed = _patched(record, patch)
            await tokens.update(edit.connection, changed)
        return reply(self._row(changed), self._control.changes.runtime.revision)

    async def _rotate(self, request: web.Request) -> web.Response:
        text = _new_text()
        async with self._control.changes.edit("tokens", expected_revision(request)) as edit:
            record = _find(edit.before, request.match_info["id"])
            keeps = record.copy_envelope is not None
            copy = (
                self._control.vault.seal(copy_record(record.id), text.encode()) if keeps else None
            )
            changed = dataclasses.replace(record, hash=_digest(text), copy_envelope=copy)
            await tokens.update(edit.connection, changed)
        secret = TokenSecret(id=record.id, name=record.name, token=text)
        return reply(secret, self._control.changes.runtime.revision)

    async def _revoke(self, request: web.Request) -> web.Response:
        async with self._control.changes.edit("tokens", expected_revision(request)) as edit:
            record = _find(edit.before, request.match_info["id"])
            await tokens.revoke(edit.connection, record.id, datetime.now(UTC))
        return reply(self._row(record), self._control.changes.runtime.revision)

    def _row(self, record: TokenRecord) -> Token:
        return Token(
            id=record.id,
            name=record.name,
            has_copy=record.copy_envelope is not None,
            created_at=record.created_at,
            expires_at=record.expires_at,
            allowed_models=list(record.allowed_models),
            requests_per_minute=record.requests_per_minute,
            last_used_at=self._control.last_used.of(record),
        )


def _new_text() -> str:
    return _PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _find(snapshot: Snapshot, name: str) -> TokenRecord:
    for token in snapshot.tokens:
        if name in (token.id, token.name):
            return token
    raise nothing_called("token", name)


def _patched(record: TokenRecord, patch: TokenPatch) -> TokenRecord:
    said = patch.model_fields_set
    changed = dataclasses.replace(record, name=patch.name or record.name)
    if "expires_at" in said:
        changed = dataclasses.replace(changed, expires_at=_future(patch.expires_at))
    if "allowed_models" in said:
        changed = dataclasses.replace(changed, allowed_models=tuple(patch.allowed_models or ()))
    if "requests_per_minute" in said:
        changed = dataclasses.replace(changed, requests_per_minute=patch.requests_per_minute)
    return changed


def _future(at: datetime | None) -> datetime | None:
    """Return a time in UTC; raises ConfigError when it is over."""
    if at is None:
        return None
    if at <= datetime.now(UTC):
        raise ConfigError(
            problem(
                ProblemCode.INVALID,
                "The token would have expired already.",
                "Give a time to come, or revoke the token.",
                "expires_at",
            )
        )
    return at.astimezone(UTC)
