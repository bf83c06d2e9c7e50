"""The exceptions of the engine.

ButlerError
├── ClientError      the caller's request can not be served as it stands (4xx)
├── UpstreamError    a provider failed; `kind` says how
├── ConfigError      configuration was refused; carries the problems
└── StartError       the engine can not run here; carries the problems
    ├── StoreError   the database
    └── VaultError   the master key or a sealed secret
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from butler.contract.problems import Problem, ProblemCode


class ButlerError(Exception):
    """Whatever the engine raises on purpose; its text is for people."""


class ClientError(ButlerError):
    """A refusal in the client's own protocol: HTTP status, vendor-style code, parameter.

    `retry_after_s` says when it is worth to come again.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        param: str | None = None,
        type_: str = "invalid_request_error",
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.status = status
        self.code = code
        self.message = message
        self.param = param
        self.type = type_

    @property
    def headers(self) -> dict[str, str]:
        """The headers that belong to the refusal."""
        found = {} if self.retry_after_s is None else {"Retry-After": str(self.retry_after_s)}
        if self.status == 401:
            found["WWW-Authenticate"] = 'Bearer realm="butler"'
        return found


class FailureKind(StrEnum):
    """How an attempt failed; `dispatch.courses` says what each kind leads to."""

    CONNECT = "connect"
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    SERVER = "server_error"
    CUT = "cut"
    UNREADABLE = "unreadable"
    KEY_REJECTED = "key_rejected"
    OUT_OF_CREDIT = "out_of_credit"
    NO_MODEL = "model_not_found"
    CONTEXT = "context_length_exceeded"
    POLICY = "content_policy"
    REFUSED = "refused"
    BUSY = "busy"
    UNSUPPORTED = "unsupported_content"


class UpstreamError(ButlerError):
    """A provider's failure: its kind, the status and body it sent, seconds it asks to wait.

    `message` is for the client and may be the vendor's own words, which may quote the prompt.
    `for_log` never does: it is `message` only where the words are ours. `headers` are those of
    the vendor's answer that may travel on; whoever received it fills them in. `dialect` is the
    wire format of `body`; None is the client's own.
    """

    def __init__(
        self,
        kind: FailureKind,
        message: str,
        *,
        status: int,
        body: bytes = b"",
        retry_after: str | None = None,
        for_log: str | None = None,
    ) -> None:
        super().__init__(message)
        self.for_log = message if for_log is None else for_log
        self.kind = kind
        self.message = message
        self.status = status
        self.body = body
        self.retry_after = retry_after
        self.headers: Mapping[str, str] = {}
        self.dialect: str | None = None

    def again(self) -> Self:
        """Return the same failure, to be raised for another call."""
        same = type(self)(
            self.kind,
            self.message,
            status=self.status,
            body=self.body,
            retry_after=self.retry_after,
            for_log=self.for_log,
        )
        same.headers, same.dialect = self.headers, self.dialect
        return same


class _WithProblems(ButlerError):
    """Carries problems; its text is the first one's, with the hint."""

    def __init__(self, *problems: Problem) -> None:
        first = problems[0]
        super().__init__(f"{first.detail} {first.hint}" if first.hint else first.detail)
        self.problems = problems


class ConfigError(_WithProblems):
    """A change was refused; nothing was stored."""


class StartError(_WithProblems):
    """The engine can not start as things are; the hint says what to do."""


class StoreError(StartError):
    """The database can not be used."""


class VaultError(StartError):
    """The master key is missing or wrong, or a sealed secret does not open."""


def problem(
    code: ProblemCode, detail: str, hint: str | None = None, field: str | None = None
) -> Problem:
    """Build one problem: what is wrong, what to do, and the field it is about."""
    return Problem(code=code, field=field, detail=detail, hint=hint)
