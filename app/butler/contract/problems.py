"""Problems: machine-readable reasons why something was refused, with a way out."""

from enum import StrEnum

from pydantic import BaseModel


class ProblemCode(StrEnum):
    """The stable codes; the desktop translates them."""

    INVALID = "invalid"
    MISSING = "missing"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    STALE_REVISION = "stale_revision"
    UNAUTHORIZED = "unauthorized"
    TOO_MANY_FAILURES = "too_many_failures"
    FORBIDDEN_HOST = "forbidden_host"
    FORBIDDEN_ORIGIN = "forbidden_origin"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_TARGET = "unknown_target"
    READ_ONLY = "read_only"
    NO_COPY = "no_copy"
    PORT_TAKEN = "port_taken"
    ALREADY_RUNNING = "already_running"
    DATABASE_NEWER = "database_newer"
    DATABASE_UNREADABLE = "database_unreadable"
    BACKUP_FAILED = "backup_failed"
    BACKUP_UNREADABLE = "backup_unreadable"
    MASTER_KEY_MISSING = "master_key_missing"
    MASTER_KEY_WRONG = "master_key_wrong"
    MASTER_KEY_MALFORMED = "master_key_malformed"
    SECRET_TAMPERED = "secret_tampered"  # noqa: S105 - a code, not a secret
    KEY_FILE_IN_USE = "key_file_in_use"
    KEY_FILE_EXPOSED = "key_file_exposed"
    KEY_REJECTED = "key_rejected"
    OUT_OF_CREDIT = "out_of_credit"
    BREAKER_OPEN = "breaker_open"
    PROVIDER_FAILED = "provider_failed"
    ADDRESS_FORBIDDEN = "address_forbidden"
    ADDRESS_PRIVATE = "address_private"
    OWN_ENDPOINT = "own_endpoint"
    NEVER_HOLDS = "never_holds"
    SHADOWED = "shadowed"
    DUPLICATE = "duplicate"
    OVERLAPS = "overlaps"
    REPLACED = "replaced"
    NOT_UNDERSTOOD = "not_understood"
    CLOCK_OFF = "clock_off"
    EMBEDDER_FAILED = "embedder_failed"
    PROXY_UNUSABLE = "proxy_unusable"
    LOW_DISK = "low_disk"
    ARBITER_SLOW = "arbiter_slow"
    ARBITER_NO_MODEL = "arbiter_no_model"
    ARBITER_FAILED = "arbiter_failed"
    INTERNAL = "internal"


class Problem(BaseModel):
    """One reason: what is wrong, where, and what to do about it."""

    code: ProblemCode
    field: str | None = None
    detail: str
    hint: str | None = None


class Problems(BaseModel):
    """The body of every refused admin call."""

    problems: list[Problem]
