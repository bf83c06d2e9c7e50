"""The table that a person reads: a row for each client, protocol and upstream."""

from collections.abc import Iterator, Sequence

from tests.clients.errands import Cell
from tests.clients.roster import ERRANDS

_OK, _FAILED, _HOLE = "ok", "FAILED", "-"


def head() -> str:
    """The names of the columns."""
    return _line("client", "speaks", "upstream", ERRANDS)


def row(cells: Sequence[Cell]) -> str:
    """One row: the errands of one client, protocol and upstream, in order."""
    first = cells[0]
    return _line(first.client, first.protocol, first.vendor, [_mark(cell) for cell in cells])


def notes(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield why there are holes, each reason once, and all that failed."""
    reasons = {(cell.client, cell.errand): cell.hole for cell in cells if cell.hole}
    for (client, errand), hole in reasons.items():
        yield f"- {client}, {errand}: {hole}"
    for cell in cells:
        for fault in cell.faults:
            yield f"FAILED {cell.client} {cell.protocol} -> {cell.vendor}, {cell.errand}: {fault}"


def summary(cells: Sequence[Cell], seconds: float) -> str:
    """How many cells there were, and how they ended."""
    failed = sum(bool(cell.faults) for cell in cells)
    holes = sum(bool(cell.hole) for cell in cells)
    proved = len(cells) - failed - holes
    return f"{proved} proved, {failed} failed, {holes} holes in {seconds:.0f} s"


def _mark(cell: Cell) -> str:
    if cell.hole:
        return _HOLE
    return _FAILED if cell.faults else _OK


def _line(client: str, speaks: str, upstream: str, marks: Sequence[str]) -> str:
    columns = "".join(f"{mark:<{len(name) + 2}}" for name, mark in zip(ERRANDS, marks, strict=True))
    return f"{client:<22}{speaks:<11}{upstream:<11}{columns}".rstrip()
