"""Where the database is: reads the URL that a person wrote and names the driver."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from butler.contract.problems import ProblemCode
from butler.engine.errors import StoreError, problem

_FILE_NAME = "butler.db"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_HINT = (
    "Set BUTLER_DATABASE_URL to sqlite:///FILE or postgresql://USER@HOST/NAME, "
    "or leave it out to use a file in the data directory."
)


def read_address(url: str | None, data_dir: Path) -> URL:
    """Turn a database URL into one with our driver; without one, a file in `data_dir`.

    Raises StoreError. No message repeats the URL: it may hold a password.
    """
    if not url:
        return URL.create(_DRIVERS["sqlite"], database=str(data_dir / _FILE_NAME))
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        # ValueError is a port that is no number. Either may quote the URL, so it is not chained.
        raise _refused("The database URL can not be read.") from None
    backend = address.drivername.partition("+")[0]
    if backend not in _DRIVERS:
        raise _refused(f"Databases of the kind {backend!r} are not supported.")
    if backend == "sqlite" and address.database in (None, "", ":memory:"):
        raise _refused("The SQLite URL names no file, and a store in memory would be lost.")
    return address.set(drivername=_DRIVERS[backend])


def file_of(address: URL) -> Path | None:
    """The file of an SQLite database; None for a server."""
    if address.get_backend_name() != "sqlite" or address.database is None:
        return None
    return Path(address.database)


def _refused(detail: str) -> StoreError:
    return StoreError(problem(ProblemCode.DATABASE_UNREADABLE, detail, _HINT))
