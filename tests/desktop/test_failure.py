"""An exit code tells how the engine failed."""

import pytest

from butler.desktop.failure import FailureKind, kind_of


@pytest.mark.parametrize(
    ("exit_code", "kind"),
    [
        (None, FailureKind.SILENT),
        (1, FailureKind.CRASHED),
        (2, FailureKind.REFUSED),
        (9, FailureKind.REFUSED),
        (10, FailureKind.CRASHED),
        (-9, FailureKind.CRASHED),
    ],
)
def test_kinds(exit_code: int | None, kind: FailureKind) -> None:
    assert kind_of(exit_code) is kind
